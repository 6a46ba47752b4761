using System.Text;
using Monarch.Workers.Archive.Lifecycle;
using Shouldly;
using Xunit;
using static Monarch.Tests.Archive.Lifecycle.LifecycleExamples;

namespace Monarch.Tests.Archive.Lifecycle;

/// <summary>Foreign programs depend on these: only add fields, at the end.</summary>
public sealed partial class Shaping_lifecycle_events
{
    static readonly Guid MessageId = new("99999999-2222-3333-4444-555555555555");

    [Fact]
    public void Should_keep_every_shape()
    {
        var lines = All().Select(e => $"{e.Key} {Encoding.UTF8.GetString(e.Body())}");

        lines.ShouldBe(Approved.ReplaceLineEndings("\n").Split('\n'));
    }

    [Fact]
    public void Should_contain_no_free_text() => All().ShouldAllBe(e => !Encoding.UTF8.GetString(e.Body()).Contains(FreeText));

    [Fact]
    public void Should_be_the_same_bytes_from_a_later_event_with_the_same_state()
    {
        var later = Server with
        {
            Version = 6,
            ChangedAt = Server.ChangedAt.AddHours(3),
            State = Monarch.Contracts.Deployments.ServerStatus.Waiting,
        };
        var again = Ended with { Version = 1009 };

        Bodies(LifecycleTranslation.Of(later)).ShouldBe(Bodies(LifecycleTranslation.Of(Server)));
        Bodies(LifecycleTranslation.Of(again, Noon.AddHours(1))).ShouldBe(Bodies(LifecycleTranslation.Of(Ended, Noon.AddMinutes(6))));
    }

    [Fact]
    public void Should_make_one_event_of_a_start_that_is_reported_twice()
    {
        var running = Server with
        {
            Deployment = Server.Ended[0] with { EndedAt = null, Outcome = null, ExitCode = null },
            Ended = [],
            Commands = [],
        };

        var start = Bodies(LifecycleTranslation.Of(running)).ShouldHaveSingleItem();

        Bodies(LifecycleTranslation.Of(Server)).ShouldContain(start);
    }

    [Fact]
    public void Should_have_another_id_for_each_end_of_a_migration_that_was_retried()
    {
        var retried = Ended with { EndedAt = Ended.EndedAt!.Value.AddHours(1) };

        LifecycleTranslation.Of(retried, Noon).Last().Id.ShouldNotBe(LifecycleTranslation.Of(Ended, Noon).Last().Id);
    }

    [Fact]
    public void Should_omit_occurrences_older_than_a_day() =>
        LifecycleTranslation.Of(Server with { ChangedAt = Server.ChangedAt.AddDays(2) }).ShouldBeEmpty();

    static IEnumerable<LifecycleEvent> All() =>
        [
            .. LifecycleTranslation.Of(Accepted, Noon),
            .. LifecycleTranslation.Of(Ended, Noon.AddMinutes(6)),
            LifecycleTranslation.Of(Repository, MessageId, Noon.AddMinutes(4)),
            .. LifecycleTranslation.Of(Server),
            .. LifecycleTranslation.Of(Prepared),
        ];

    static List<string> Bodies(IEnumerable<LifecycleEvent> events) => [.. events.Select(e => Encoding.UTF8.GetString(e.Body()))];
}
