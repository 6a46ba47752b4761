namespace Monarch.Redis.Sagas;

/// <summary>A wake-up's member in the sorted set: <c>pair:0123456789abcdef0123456789abcdef</c>.</summary>
static class WakeUpMember
{
    public static string Write(string name, Guid sagaId) => $"{name}:{sagaId:N}";

    public static WakeUp Read(string member, long dueAt)
    {
        var colon = member.LastIndexOf(':');
        return new(member[..colon], Guid.ParseExact(member.AsSpan(colon + 1), "N"), WakeUpTime.FromMilliseconds(dueAt));
    }
}
