using System.Text;
using System.Text.Json;
using Monarch.Workers.Archive.Events;
using Monarch.Workers.Archive.Forwarding;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Archive.Forwarding;

public sealed class Writing_CloudEvents
{
    static readonly PublishedEvent Event = new()
    {
        Exchange = "expenses_exchange",
        RoutingKey = "expense.created",
        Body = """{ "action":"created","amount":12.50,"big":12345678901234567890123,"small":1E-400 }"""u8.ToArray(),
        MessageId = "m-1",
        SentAt = new DateTimeOffset(2024, 12, 1, 14, 30, 22, TimeSpan.Zero),
        ContentType = "text/plain",
    };

    [Fact]
    public void Should_keep_attributes_and_numbers_unchanged() =>
        Text(Event)
            .ShouldBe(
                """{"specversion":"1.0","id":"m-1","type":"expense.created","source":"expenses_exchange","time":"2024-12-01T14:30:22Z","datacontenttype":"application/json","data":{"action":"created","amount":12.50,"big":12345678901234567890123,"small":1E-400}}"""
            );

    [Fact]
    public void Should_encode_other_content_than_JSON()
    {
        var json = Read(Event with { Body = new byte[] { 0xFF, 0 }, ContentType = "image/png" });

        json.GetProperty("datacontenttype").GetString().ShouldBe("image/png");
        json.GetProperty("data_base64").GetBytesFromBase64().ShouldBe([0xFF, 0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("\0")]
    public void Should_carry_every_body(string body)
    {
        foreach (var type in new[] { null, "application/json", "no type at all", "text/plain; charset=\"utf" })
        {
            var json = Read(Event with { Body = Encoding.UTF8.GetBytes(body), ContentType = type });

            Encoding.UTF8.GetString(json.GetProperty("data_base64").GetBytesFromBase64()).ShouldBe(body);
        }
    }

    [Fact]
    public void Should_not_need_many_times_the_memory_of_many_small_values()
    {
        var body = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat('0', 2 << 20))}]");
        var before = GC.GetAllocatedBytesForCurrentThread();

        ForwardedEvent.Of(Event with { Body = body });

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        allocated.ShouldBeLessThan(10L * body.Length);
    }

    [Theory]
    [InlineData(999, true)]
    [InlineData(1000, false)]
    [InlineData(100_000, false)]
    public void Should_carry_every_depth(int depth, bool isJson)
    {
        var text = Text(Event with { Body = Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth)) });

        text.Contains("\"data\":[", StringComparison.Ordinal).ShouldBe(isJson);
    }

    [Fact]
    public void Should_encode_compressed_content() =>
        Read(Event with { Body = "1"u8.ToArray(), ContentEncoding = "gzip" }).GetProperty("contentencoding").GetString().ShouldBe("gzip");

    [Theory]
    [InlineData("", "event")]
    [InlineData("a b/ü", "a b/ü")]
    [InlineData("a\nb", "a%0Ab")]
    [InlineData("\uFFFF", "%EF%BF%BF")]
    public void Should_have_a_type_for_every_key(string key, string type) =>
        Read(Event with { RoutingKey = key, Exchange = "a b\n" }).GetProperty("type").GetString().ShouldBe(type);

    [Fact]
    public void Should_have_an_id_of_its_content_without_a_message_id()
    {
        var ids = new[]
        {
            Event with
            {
                MessageId = null,
            },
            Event with
            {
                MessageId = null,
                Body = "1"u8.ToArray(),
            },
            Event with
            {
                MessageId = null,
                RoutingKey = "x",
            },
            Event with
            {
                MessageId = null,
                Exchange = "x",
            },
            Event with
            {
                MessageId = "a\nb",
            },
        }
            .Select(ForwardedEvent.IdOf)
            .ToList();

        ids.ShouldBeUnique();
        ids.ShouldAllBe(id => id.StartsWith("sha256-"));
        ForwardedEvent.IdOf(Event with { MessageId = null }).ShouldBe(ids[0]);
    }

    [Fact]
    public void Should_sign_the_timestamp_and_the_body()
    {
        using var request = new HttpRequestMessage();

        EventSignature.Sign(request, "secret", "{}"u8, DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));

        request.Headers.GetValues("Monarch-Timestamp").ShouldBe(["1700000000"]);
        // printf '1700000000.{}' | openssl dgst -sha256 -hmac secret
        request.Headers.GetValues("Monarch-Signature").ShouldBe(["v1=b8569b78799ff9e3cbff0fc2d63a33a2b57f3282abd07c37ae5e8e7d79a5f163"]);
    }

    static string Text(PublishedEvent published) => Encoding.UTF8.GetString(ForwardedEvent.Of(published).Span);

    static JsonElement Read(PublishedEvent published) =>
        JsonDocument.Parse(ForwardedEvent.Of(published), new JsonDocumentOptions { MaxDepth = 2000 }).RootElement;
}
