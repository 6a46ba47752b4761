namespace Monarch.Redis;

/// <summary>What is sent for a wake-up, and where to.</summary>
sealed record WakeUpMessage(Uri Address, object Message);
