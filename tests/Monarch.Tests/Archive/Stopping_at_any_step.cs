using System.Text;
using Monarch.Workers.Archive.Events;
using Monarch.Workers.Archive.Filing.Files;
using Monarch.Workers.Archive.Settings;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Archive;

/// <summary>An archive is killed, or loses power, before each of its file system calls in turn.</summary>
public sealed class Stopping_at_any_step
{
    const int Seeds = 12;

    /// <summary>The layout, and whether there is a manifest.</summary>
    public static TheoryData<string, bool> Layouts =>
        new()
        {
            { "flat", false },
            { "flat", true },
            { "daily", false },
            { "segments", false },
        };

    [Theory, MemberData(nameof(Layouts))]
    public void Should_lose_nothing_and_repeat_nothing_when_the_process_is_killed(string layout, bool manifest)
    {
        ForEachCall(
            layout,
            manifest,
            (disk, options, calls, messages) =>
            {
                var isStopped = RunUntilKilled(disk, options, calls, messages);
                // Another replica, or the same one after a restart.
                new Replica(disk, FakeTime.New(), options)
                    .Start()
                    .Deliver(messages);
                return isStopped;
            }
        );
    }

    [Theory, MemberData(nameof(Layouts))]
    public void Should_lose_nothing_and_repeat_nothing_when_a_running_replica_takes_over(string layout, bool manifest)
    {
        ForEachCall(
            layout,
            manifest,
            (disk, options, calls, messages) =>
            {
                var other = new Replica(disk, FakeTime.New(), options).Start();
                var isStopped = RunUntilKilled(disk, options, calls, messages);
                other.Deliver(messages);
                new Replica(disk, FakeTime.New(), options).Start();
                return isStopped;
            }
        );
    }

    [Theory, MemberData(nameof(Layouts))]
    public void Should_lose_nothing_and_repeat_nothing_when_the_power_is_cut(string layout, bool manifest)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            ForEachCall(
                layout,
                manifest,
                (disk, options, calls, messages) =>
                {
                    var isStopped = RunUntilKilled(disk, options, calls, messages);
                    disk.CutPower(random);
                    new Replica(disk, FakeTime.New(), options).Start().Deliver(messages);
                    return isStopped;
                }
            );
        }
    }

    [Theory, MemberData(nameof(Layouts))]
    public void Should_lose_nothing_and_repeat_nothing_when_the_power_is_cut_twice(string layout, bool manifest)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            ForEachCall(
                layout,
                manifest,
                (disk, options, calls, messages) =>
                {
                    var isStopped = RunUntilKilled(disk, options, calls, messages);
                    disk.CutPower(random);
                    _ = RunUntilKilled(disk, options, random.Next(60), messages);
                    disk.CutPower(random);
                    new Replica(disk, FakeTime.New(), options).Start().Deliver(messages);
                    return isStopped;
                }
            );
        }
    }

    [Theory, MemberData(nameof(Layouts))]
    public void Should_repeat_nothing_when_a_message_is_redelivered_to_another_replica_meanwhile(string layout, bool manifest)
    {
        ForEachCall(
            layout,
            manifest,
            (disk, options, calls, messages) =>
            {
                var other = new Replica(disk, FakeTime.New(), options).Start();
                var isInterrupted = false;
                disk.Interruption = (
                    calls,
                    () =>
                    {
                        isInterrupted = true;
                        other.Deliver([.. messages]);
                    }
                );
                new Replica(disk, FakeTime.New(), options).Start().Deliver(messages);
                disk.Interruption = null;
                return isInterrupted;
            }
        );
    }

    [Theory, MemberData(nameof(Layouts))]
    public void Should_repeat_nothing_when_a_process_is_killed_with_the_redelivery_of_its_message(string layout, bool manifest)
    {
        ForEachCall(
            layout,
            manifest,
            (disk, options, calls, messages) =>
            {
                // All are filed, but their acknowledgements were lost.
                List<PublishedEvent> redelivered = [.. messages.Where(x => x.MessageId is not null)];
                var replica = new Replica(disk, FakeTime.New(), options).Start();
                replica.Deliver(messages);
                disk.CallsLeft = calls;
                var isStopped = false;
                try
                {
                    replica.Deliver([.. redelivered]);
                }
                catch (ProcessEndedException)
                {
                    isStopped = true;
                }

                disk.CallsLeft = null;
                replica.Kill();
                new Replica(disk, FakeTime.New(), options).Start().Deliver(redelivered);
                return isStopped;
            },
            leastCalls: 1
        );
    }

    [Theory, MemberData(nameof(Layouts))]
    public void Should_repeat_nothing_when_the_folder_fails_and_recovers(string layout, bool manifest)
    {
        ForEachCall(
            layout,
            manifest,
            (disk, options, calls, messages) =>
            {
                var replica = new Replica(disk, FakeTime.New(), options).Start();
                var batch = messages.Select(Replica.Prepare).ToList();
                disk.Interruption = (calls, () => disk.Refusal = new("No space left on device"));
                var hasFailed = false;
                try
                {
                    replica.Deliver(batch);
                }
                catch (ArchiveFolderException)
                {
                    hasFailed = true;
                    disk.Refusal = null;
                    replica.Reopen();
                    replica.Deliver(batch);
                }

                (disk.Interruption, disk.Refusal) = (null, null);
                return hasFailed;
            }
        );
    }

    [Theory, InlineData("flat", "daily"), InlineData("daily", "flat")]
    public void Should_lose_nothing_and_repeat_nothing_when_the_next_process_has_another_layout(string layout, string next)
    {
        ForEachCall(
            layout,
            manifest: false,
            (disk, options, calls, messages) =>
            {
                var isStopped = RunUntilKilled(disk, options, calls, messages);
                new Replica(disk, FakeTime.New(), new() { Layout = next }).Start().Deliver(messages);
                return isStopped;
            }
        );
    }

    static void ForEachCall(
        string layout,
        bool manifest,
        Func<SimulatedFiles, ArchiveOptions, int, List<PublishedEvent>, bool> run,
        int leastCalls = 20
    )
    {
        var options = new ArchiveOptions { Layout = layout, Manifest = manifest };
        var calls = 0;
        for (var isStopped = true; isStopped; calls++)
        {
            // A limit that is reached repeatedly.
            var disk = new SimulatedFiles { MostLinks = 4 };
            isStopped = run(disk, options, calls, Messages());
            Check(disk, options, $"stopped before call {calls}");
        }

        calls.ShouldBeGreaterThan(leastCalls);
    }

    // Six at least, so that they are made durable together.
    static List<PublishedEvent> Messages() =>
        [
            Replica.Message("1", """{"n":1}"""),
            Replica.Message("2", """{"n":2}"""),
            Replica.Message(null, """{"n":3}"""),
            Replica.Message("4", "no JSON"),
            Replica.Message("5", """{"n":5}"""),
            Replica.Message("1", """{"n":1}"""),
            Replica.Message("7", """{"n":7}""", "expense.deleted"),
        ];

    // Returns whether it was killed. What was not acknowledged is left in the list.
    static bool RunUntilKilled(SimulatedFiles disk, ArchiveOptions options, int calls, List<PublishedEvent> messages)
    {
        var replica = new Replica(disk, FakeTime.New(), options);
        disk.CallsLeft = calls;
        try
        {
            replica.Start().Deliver(messages);
            replica.Stop();
            return false;
        }
        catch (ProcessEndedException)
        {
            return true;
        }
        finally
        {
            disk.CallsLeft = null;
            replica.Kill();
        }
    }

    static void Check(SimulatedFiles disk, ArchiveOptions options, string when)
    {
        var filed = disk.Filed.ToDictionary(x => x.Key, x => Encoding.UTF8.GetString(x.Value));
        var events = (
            options.HasSegments
                ? filed
                    .Where(x => x.Key.StartsWith("segments/", StringComparison.Ordinal))
                    .SelectMany(x => x.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                    .Select(EventOf)
                : filed
                    .Where(x =>
                        x.Key.EndsWith(".json", StringComparison.Ordinal) && !x.Key.StartsWith("rejected/", StringComparison.Ordinal)
                    )
                    .Select(x => x.Value)
        ).ToLookup(x => x);

        foreach (var number in (ReadOnlySpan<int>)[1, 2, 5, 7])
        {
            var count = events[$$"""{"n":{{number}}}"""].Count();
            count.ShouldBeGreaterThanOrEqualTo(1, when);
            if (!options.HasSegments)
            {
                count.ShouldBe(1, $"{when}: {string.Join(", ", filed.Keys)}");
            }
        }

        events["""{"n":3}"""].Count().ShouldBeGreaterThanOrEqualTo(1, when);
        events.Count.ShouldBe(5, $"{when}: {string.Join(", ", events.Select(x => x.Key))}");
        var bodies = filed.Where(x => x.Key.EndsWith(".body", StringComparison.Ordinal)).ToList();
        bodies.ShouldHaveSingleItem(when).Value.ShouldBe("no JSON", when);
        filed[bodies[0].Key.Replace(".body", ".reason.json", StringComparison.Ordinal)].ShouldBe("""{"reason":"not JSON"}""", when);
        if (options.Manifest)
        {
            CheckManifest(filed, when);
        }
    }

    static string EventOf(string line) => line[line.IndexOf("{\"n\"", StringComparison.Ordinal)..^1];

    static void CheckManifest(Dictionary<string, string> filed, string when)
    {
        var entries = filed
            .Where(x => x.Key.StartsWith("manifest/", StringComparison.Ordinal))
            .SelectMany(x => x.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Where(x => x.Length > 66)
            .Select(x => x[66..])
            .ToHashSet();
        foreach (
            var path in filed.Keys.Where(x =>
                !x.StartsWith("manifest/", StringComparison.Ordinal)
                && filed[x] != """{"n":3}"""
                && !x.EndsWith(".reason.json", StringComparison.Ordinal)
            )
        )
        {
            entries.ShouldContain(path, when);
        }
    }
}
