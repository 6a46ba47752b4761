namespace Monarch.Testing.Amqp;

/// <summary>A message as the broker delivered it to a consumer.</summary>
/// <param name="Tag">Its number on its channel.</param>
/// <param name="RoutingKey">The key that it was published with.</param>
/// <param name="MessageId">The publisher's id of it; null where it gave none.</param>
/// <param name="IsRedelivered">Whether the broker has delivered it before.</param>
/// <param name="At">When it was delivered.</param>
public sealed record AmqpDelivery(ulong Tag, string RoutingKey, string? MessageId, bool IsRedelivered, DateTimeOffset At);
