namespace Monarch.Redis;

/// <summary>The message of a wake-up, and its address.</summary>
sealed record WakeUpMessage(Uri Address, object Message);
