using Monarch.Contracts.Migrations;
using Monarch.Testing;
using Monarch.Testing.Otlp;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Journeys;

public sealed class Tracing_in_one_process : JourneyTest
{
    [Fact]
    public async Task Should_record_few_spans_and_send_no_trace_header_to_GitHub_and_Slack()
    {
        const int Targets = 4;
        const int Issues = 30;
        await using var collector = await OtlpReceiver.StartAsync();
        Seed(Issues, Teams(Targets));
        // The number of slices must not depend on the speed of the machine.
        await StartAsync([.. collector.Settings.Select(x => (x.Key, x.Value)), ("RUN_SECONDS", "60")]);
        var view = await MigrateAsync(Teams(Targets));
        await Until.TrueAsync(
            () => Sandbox.SlackMessages().Any(x => x.Text.EndsWith($"Trace {view.TraceId}", StringComparison.Ordinal)),
            "the end is in Slack"
        );
        await StopAsync();

        view.Status.ShouldBe(BatchStatus.Completed);
        Sandbox.TraceHeaders.ShouldBeEmpty();
        var spans = collector.Trace(view.TraceId!);
        TestContext.Current.TestOutputHelper!.WriteLine($"{view.TraceId} all {collector.Spans.Count}");
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{spans.Count} spans:\n"
                + string.Join(
                    '\n',
                    spans.CountBy(x => x.Name).OrderByDescending(x => x.Value).Select(x => $"{$"{x.Value}".PadLeft(5)} {x.Key}")
                )
        );
        spans.Count(x => x.Name == "create issue").ShouldBe(Targets * Issues);
        spans.Count(x => x.Name == "POST" && x.Attributes.ContainsKey("monarch.issue.number")).ShouldBe(Targets * Issues);
        // A tenth of them at most is for everything else that is done with an issue; a target and the migration take some once.
        spans.Count.ShouldBeLessThan((Targets * Issues * 5 / 2) + (Targets * 30) + 50);
        var ids = spans.Select(x => x.SpanId).ToHashSet();
        spans.Count(x => x.ParentId is null || !ids.Contains(x.ParentId)).ShouldBe(1);
    }

    [Fact]
    public async Task Should_show_the_trace_without_a_collector()
    {
        Seed(2, Teams(1));
        await StartAsync();

        var view = await MigrateAsync(Teams(1));

        view.TraceId.ShouldNotBeNull().ShouldMatch("^[0-9a-f]{32}$");
    }
}
