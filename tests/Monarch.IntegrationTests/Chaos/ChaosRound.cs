using Monarch.Testing;

namespace Monarch.IntegrationTests.Chaos;

/// <summary>
/// One round: requests, kills, recovery; then changes of the source, an update, kills and recovery once more; and a comparison of the targets
/// with the source.
/// </summary>
sealed class ChaosRound(ChaosFleet fleet, int seed, ChaosOptions options) : IDisposable
{
    static readonly TimeSpan Killing = TimeSpan.FromSeconds(11);
    static readonly TimeSpan KillingUpdate = TimeSpan.FromSeconds(5);
    static readonly TimeSpan LongestRecovery = TimeSpan.FromMinutes(5);
    static readonly TimeProvider Time = TimeProvider.System;

    readonly Platform _platform = new(fleet, Time);
    readonly Killer _killer = NewKiller(fleet, seed, Killing, options);

    // Another plan than that of the next rounds.
    readonly Killer _updateKiller = NewKiller(fleet, seed + 1_000_000, KillingUpdate, options);
    readonly List<string> _problems = [];
    TimeSpan _recovery;

    /// <summary>Runs a round on a RabbitMQ that is not used otherwise meanwhile.</summary>
    public static async Task<RoundResult> RunAsync(
        RabbitMqServer broker,
        int seed,
        ChaosOptions options,
        CancellationToken cancellationToken
    )
    {
        var began = Time.GetTimestamp();
        await using var fleet = await ChaosFleet.StartAsync(broker, seed);
        using var round = new ChaosRound(fleet, seed, options);
        await round.PlayAsync(cancellationToken);
        var result = await round.JudgeAsync(cancellationToken) with { Total = Time.GetElapsedTime(began) };
        return result.IsClean && !options.KeepsAll ? result : result with { Evidence = await round.KeepEvidenceAsync(result) };
    }

    public void Dispose() => _platform.Dispose();

    async Task PlayAsync(CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync(cancellationToken);
            await Until.TrueAsync(() => fleet.Sandbox.Requests().Creations > 0, "the first issue is there");
            var asking = _platform.PostAsync(
                new("C0LATER0001", ChaosFleet.Targets, $"later-{seed}"),
                seed % KillPlan.Bridges,
                cancellationToken
            );
            await _killer.RunAsync(cancellationToken);
            await asking;
            await Until.TrueAsync(() => _platform.HasAllEndedAsync(cancellationToken), "every batch has ended", LongestRecovery);
            _recovery = _killer.SinceLastKill();
            await UpdateAsync(cancellationToken);
            await Until.TrueAsync(() => new SlackCheck(fleet, _platform).IsEveryEndReported, "Slack shows the end of every batch");
            // Messages in flight could still change the result.
            await Until.TrueAsync(fleet.IsQuietAsync, "no message is in flight");
        }
        catch (TimeoutException e)
        {
            _problems.Add(e.Message);
        }
    }

    /// <summary>
    /// Requests that are published once and twice, posted to two Bridges concurrently, and two migrations of the same repositories at the
    /// same time.
    /// </summary>
    async Task AskAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> first = [.. ChaosFleet.Targets.Take(2)],
            second = [.. ChaosFleet.Targets.Skip(2)];
        await _platform.ListenedToAsync();
        await Task.WhenAll(
            _platform.PublishAsync(new("C0TWICE0001", first, null), times: 2),
            _platform.PublishAsync(new("C0ONCE00001", [second[0]], null), times: 1),
            _platform.PostEverywhereAsync(new("C0BOTH00001", second, $"both-{seed}"), cancellationToken),
            _platform.PostAsync(new("C0SAME00001", second, $"same-{seed}"), seed % KillPlan.Bridges, cancellationToken)
        );
        await Until.TrueAsync(() => _platform.AreAllKnownAsync(cancellationToken), "every request is accepted");
    }

    async Task UpdateAsync(CancellationToken cancellationToken)
    {
        using var changed = new ChangedTemplate(fleet.Sandbox);
        await changed.ApplyAsync();
        var request = new RequestedMigration("C0UPDATE001", ChaosFleet.Targets, $"update-{seed}") { Update = true };
        await _platform.PostAsync(request, seed % KillPlan.Bridges, cancellationToken);
        await _updateKiller.RunAsync(cancellationToken);
        await Until.TrueAsync(() => _platform.HasAllEndedAsync(cancellationToken), "the update has ended", LongestRecovery);
    }

    static Killer NewKiller(ChaosFleet fleet, int seed, TimeSpan duration, ChaosOptions options) =>
        new(fleet, [.. KillPlan.Of(seed, duration).Where(kill => !options.Spared.Contains(kill.Victim))], Time);

    async Task<RoundResult> JudgeAsync(CancellationToken cancellationToken)
    {
        var source = fleet.Sandbox.Repository(ChaosTemplate.Name);
        List<Comparison> targets = [.. ChaosFleet.Targets.Select(target => Comparison.Of(source, fleet.Sandbox.Repository(target)))];
        var slack = new SlackCheck(fleet, _platform);
        var requests = fleet.Sandbox.Requests();
        _problems.AddRange(await _platform.ProblemsAsync(cancellationToken));
        _problems.AddRange(await _platform.NotesAsync(cancellationToken));
        _problems.AddRange(slack.Problems);
        _problems.AddRange(fleet.Replicas.Select(x => x.Defect).OfType<string>());
        _problems.AddRange(await fleet.FailedMessagesAsync());
        return new RoundResult(seed)
        {
            Kills = _killer
                .Kills.Concat(_updateKiller.Kills)
                .GroupBy(kills => kills.Key)
                .ToDictionary(x => x.Key, x => x.Sum(y => y.Value)),
            Ambiguous = requests.Creations - requests.Of("POST issues", 201),
            Targets = targets,
            ExtraSlackMessages = slack.ExtraMessages,
            Repetitions = _platform.Repetitions,
            Recovery = _recovery,
            Problems = _problems,
        };
    }

    Task<string> KeepEvidenceAsync(RoundResult result) =>
        new Evidence(fleet, result, [.. _killer.Diary, .. _updateKiller.Diary]).WriteAsync();
}
