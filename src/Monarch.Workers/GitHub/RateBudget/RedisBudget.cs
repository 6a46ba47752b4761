using Monarch.Redis.Connection;
using StackExchange.Redis;
using Scripts = Monarch.Workers.GitHub.RateBudget.RedisBudgetScripts;

namespace Monarch.Workers.GitHub.RateBudget;

/// <summary>
/// The budget that all replicas share, by Redis' clock and the rules of <see cref="Scripts"/>. <see cref="InMemoryBudget"/> answers the
/// same calls alike: the test Agreeing_with_the_budget_in_memory compares them. Of each account Redis stores: a hash of its fields; the
/// creations that count, by the time of their answers; the creations, the writes and the reads in flight, by the end of their leases; the
/// queue, by place, and by the time that its callers were given; the points of the last minute, by sixtieths.
/// </summary>
/// <remarks>The hash expires a year after its last use, the rest after a day. An account without a hash begins at the start pace.</remarks>
sealed class RedisBudget(RedisConnection redis, BudgetRules rules, string clock = Scripts.ServerTime) : IBudget
{
    readonly string _ask = Scripts.Ask(clock);
    readonly string _end = Scripts.End(clock);
    readonly string _snapshot = Scripts.Snapshot(clock);
    readonly RedisValue[] _rules =
    [
        Micros(rules.Minute),
        Micros(rules.Hour),
        rules.CreatesPerMinute,
        rules.CreatesPerHour,
        rules.StartPerMinute,
        Micros(rules.WriteGap),
        rules.Concurrency,
        rules.PointsPerMinute,
        Micros(rules.Lease),
        Micros(rules.Grace),
    ];

    public async Task<BudgetAnswer> AskAsync(BudgetRequest request, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid().ToString("N");
        var answer = await EvaluateAsync(_ask, request.Account, [id, request.Kind.ToString(), request.Place], cancellationToken);
        return (int)answer[0] == 1
            ? new BudgetAnswer.Granted(new(request.Account, request.Kind, id, Time((long)answer[1]), (int)answer[2], (int)answer[3]))
            : new BudgetAnswer.Wait(
                Span((long)answer[1]),
                (BudgetReason)(int)answer[2],
                (int)answer[3] is > 0 and var status ? status : null
            );
    }

    public async Task<TimeSpan> EndAsync(BudgetGrant grant, BudgetOutcome outcome, CancellationToken cancellationToken)
    {
        RedisValue[] values =
        [
            grant.Id,
            grant.Kind.ToString(),
            Micros(grant.GrantedAt - DateTimeOffset.UnixEpoch),
            grant.MinuteLevel,
            grant.HourLevel,
            outcome.End.ToString(),
            outcome.Wait is { } wait ? Micros(wait) : -1,
            outcome.IsPrimary,
            outcome.Status ?? 0,
            outcome.Remaining ?? -1,
            Micros(outcome.ResetsIn ?? TimeSpan.Zero),
        ];
        return Span((long)(await redis.EvaluateAsync(_end, Keys(grant.Account), [.. _rules, .. values], cancellationToken)));
    }

    public async Task<BudgetSnapshot> LookAsync(string account, CancellationToken cancellationToken)
    {
        var answer = await EvaluateAsync(_snapshot, account, [], cancellationToken);
        return new BudgetSnapshotReader(rules, Array.ConvertAll(answer, value => (string)value!)).Snapshot();
    }

    async Task<RedisValue[]> EvaluateAsync(string script, string account, RedisValue[] values, CancellationToken cancellationToken) =>
        (RedisValue[])(await redis.EvaluateAsync(script, Keys(account), [.. _rules, .. values], cancellationToken))!;

    // One hash slot for all keys of an account.
    static RedisKey[] Keys(string account)
    {
        RedisKey key = $"monarch:budget:{{{account}}}";
        return
        [
            key,
            key.Append(":answered"),
            key.Append(":creating"),
            key.Append(":writing"),
            key.Append(":reading"),
            key.Append(":places"),
            key.Append(":promised"),
            key.Append(":spent"),
        ];
    }

    static long Micros(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    internal static TimeSpan Span(long micros) => TimeSpan.FromTicks(micros * TimeSpan.TicksPerMicrosecond);

    internal static DateTimeOffset Time(long micros) => DateTimeOffset.UnixEpoch + Span(micros);
}
