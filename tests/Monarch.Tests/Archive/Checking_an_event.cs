using System.Text;
using System.Text.Json;
using Monarch.Workers.Archive.Events;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Archive;

public sealed class Checking_an_event
{
    const int MaxBytes = 1 << 20;

    [Theory]
    [InlineData("{}")]
    [InlineData("[1, 2, {\"a\": null}]")]
    [InlineData("42")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData(" {\"a\": 1}\r\n")]
    [InlineData("{\"a\": 1, \"a\": 2}")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\ud800\": 1}")]
    public void Should_accept_every_json_document(string body) => Check(body).Rejection.ShouldBeNull();

    [Theory]
    [InlineData("", Rejection.Empty)]
    [InlineData(" ", Rejection.NotJson)]
    [InlineData("hello", Rejection.NotJson)]
    [InlineData("{\"a\": 1", Rejection.NotJson)]
    [InlineData("{\"a\": 1,}", Rejection.NotJson)]
    [InlineData("{} {}", Rejection.NotJson)]
    [InlineData("{} // comment", Rejection.NotJson)]
    [InlineData("NaN", Rejection.NotJson)]
    [InlineData("{\"a\": 1}\0", Rejection.NotJson)]
    [InlineData("\"line\nend\"", Rejection.NotJson)]
    [InlineData("\ufeff{}", Rejection.Encoding)]
    internal void Should_report_the_problem_of_any_other(string body, Rejection expected)
    {
        var found = Check(body);

        found.Rejection.ShouldBe(expected);
        found.Problem.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public void Should_reject_invalid_UTF_8()
    {
        EventCheck.Check([(byte)'"', 0xC3, (byte)'"'], MaxBytes).Rejection.ShouldBe(Rejection.Encoding);
        EventCheck.Check(Encoding.Unicode.GetBytes("{}"), MaxBytes).Rejection.ShouldNotBeNull();
    }

    [Fact]
    public void Should_reject_documents_that_are_too_large_or_too_deep()
    {
        EventCheck.Check("[1]"u8, 3).Rejection.ShouldBeNull();
        EventCheck.Check("[12]"u8, 3).Rejection.ShouldBe(Rejection.TooLarge);
        Check(new string('[', JsonText.MaxDepth) + new string(']', JsonText.MaxDepth)).Rejection.ShouldBeNull();
        Check(new string('[', JsonText.MaxDepth + 1) + new string(']', JsonText.MaxDepth + 1)).Rejection.ShouldBe(Rejection.NotJson);
    }

    [Theory]
    [InlineData(
        """{"action": "created", "entity": "expense", "data": {"action": "x", "entity": "y"}, "timestamp": "2024-12-01"}""",
        "created",
        "expense"
    )]
    [InlineData("""{"data": [{"action": "x"}], "action": "created"}""", "created", null)]
    [InlineData("""{"action": 1, "entity": {"entity": "x"}}""", null, null)]
    [InlineData("""[{"action": "x"}]""", null, null)]
    [InlineData("""{"action": "\ud800", "entity": "expense"}""", null, "expense")]
    [InlineData("""{"\ud800": 1, "\u0061ction": "created", "entity": "expense"}""", "created", "expense")]
    public void Should_read_action_and_entity(string body, string? action, string? entity)
    {
        var found = Check(body);

        found.Rejection.ShouldBeNull();
        (found.Action, found.Entity).ShouldBe((action, entity));
    }

    [Fact]
    public void Should_agree_with_the_framework_on_ten_thousand_damaged_documents()
    {
        var random = new Random(5);
        var good = Encoding.UTF8.GetBytes(
            """{"action": "créated", "entity": "expense", "data": [1.5e3, -0, true, "\u00e9\n😀", {}], "timestamp": null}"""
        );
        var accepted = 0;
        for (var round = 0; round < 10_000; round++)
        {
            var body = good[..random.Next(good.Length + 1)].ToArray();
            for (var damage = random.Next(3); damage > 0 && body.Length > 0; damage--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            var isAccepted = EventCheck.Check(body, MaxBytes).Rejection is null;

            Assert.True(isAccepted == IsJson(body), Convert.ToBase64String(body));
            accepted += isAccepted ? 1 : 0;
        }

        accepted.ShouldBeGreaterThan(10);
    }

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("[ ]", "[]")]
    [InlineData(" 1.50e+2 ", "1.50e+2")]
    [InlineData(
        """{"b":1,"a":[1,{"x":{}},"\u00e9é"],"c":[]}""",
        "{\n  \"b\": 1,\n  \"a\": [\n    1,\n    {\n      \"x\": {}\n    },\n    \"\\u00e9é\"\n  ],\n  \"c\": []\n}"
    )]
    public void Should_indent_without_changing_a_value(string json, string expected) =>
        Encoding.UTF8.GetString(JsonText.Indented(Encoding.UTF8.GetBytes(json), int.MaxValue)!).ShouldBe(expected);

    static CheckedEvent Check(string body) => EventCheck.Check(Encoding.UTF8.GetBytes(body), MaxBytes);

    static bool IsJson(byte[] body)
    {
        try
        {
            // Throws for what is not UTF-8.
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body);
            using var document = JsonDocument.Parse(body);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return false;
        }
    }
}
