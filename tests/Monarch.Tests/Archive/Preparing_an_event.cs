using System.Text;
using Microsoft.Extensions.Options;
using Monarch.Workers.Archive;
using Monarch.Workers.Archive.Filing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Archive;

public sealed class Preparing_an_event
{
    [Fact]
    public void Should_reject_what_cannot_be_described_instead_of_failing_for_ever()
    {
        object? headers = null;
        for (var depth = 0; depth < 2000; depth++)
        {
            headers = new List<object?> { headers };
        }

        var published = Replica.Message("1", "no JSON") with { Headers = new Dictionary<string, object?> { ["deep"] = headers } };

        var pending = Preparation(new()).Prepare(published);

        pending.Found.Rejection.ShouldBe(Rejection.NotJson);
        pending.Content.ToArray().ShouldBe(published.Body.ToArray());
        var reason = Encoding.UTF8.GetString(pending.Reason.ShouldNotBeNull());
        reason.ShouldContain("The message is not valid JSON");
        reason.ShouldContain("The headers are left out");
        reason.ShouldContain("expense.created");
    }

    static EventPreparation Preparation(ArchiveOptions options) => new(Options.Create(options), FakeTime.New());
}
