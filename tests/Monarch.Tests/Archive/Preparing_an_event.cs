using System.Text;
using Microsoft.Extensions.Options;
using Monarch.Workers.Archive.Events;
using Monarch.Workers.Archive.Filing;
using Monarch.Workers.Archive.Settings;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Archive;

public sealed class Preparing_an_event
{
    [Fact]
    public void Should_reject_an_event_that_cannot_be_described()
    {
        object? headers = null;
        for (var depth = 0; depth < 2000; depth++)
        {
            headers = new List<object?> { headers };
        }

        var published = Replica.Message("1", "no JSON") with { Headers = new Dictionary<string, object?> { ["deep"] = headers } };

        var pending = Preparation(new()).Prepare(published);

        pending.Check.Rejection.ShouldBe(Rejection.NotJson);
        pending.Content.ToArray().ShouldBe(published.Body.ToArray());
        var reason = Encoding.UTF8.GetString(pending.Reason.ShouldNotBeNull());
        reason.ShouldContain("The message is not valid JSON");
        reason.ShouldContain("The headers are omitted");
        reason.ShouldContain("expense.created");
    }

    [Fact]
    public void Should_indent_if_configured() => Indented("""{"a":[1]}""").ShouldBe("{\n  \"a\": [\n    1\n  ]\n}");

    [Fact]
    public void Should_not_indent_an_event_that_would_become_much_larger()
    {
        // 2 KB would become 1 MB, and 100 KB would become 100 MB.
        var deep = new string('[', JsonText.MaxDepth) + new string(']', JsonText.MaxDepth);
        var wide = $"{new string('[', 900)}{string.Join(',', Enumerable.Repeat('0', 50_000))}{new string(']', 900)}";

        Indented(deep).ShouldBe(deep);
        Indented(wide).ShouldBe(wide);
    }

    [Fact]
    public void Should_not_indent_an_event_that_would_become_too_large()
    {
        const string Text = """{"a":[1,2,3]}""";
        var length = Indented(Text).Length;

        Indented(Text, length).ShouldNotBe(Text);
        Indented(Text, length - 1).ShouldBe(Text);
    }

    static string Indented(string json, int maxBytes = 16 << 20) =>
        Encoding.UTF8.GetString(Preparation(new() { Pretty = true, MaxBytes = maxBytes }).Prepare(Replica.Message("1", json)).Content.Span);

    static EventPreparation Preparation(ArchiveOptions options) => new(Options.Create(options), FakeTime.New());
}
