using System.Net.Http.Headers;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Posting_to_a_configured_Slack : SandboxTest
{
    protected override SandboxOptions Options =>
        new()
        {
            SlackTokens = [new SandboxToken { Token = "secret", Id = 1 }, new SandboxToken { Token = "other", Id = 2 }],
            SlackChannels =
            [
                new SandboxChannel { Id = "C1", Name = "general" },
                new SandboxChannel { Id = "C2", Archived = true },
                new SandboxChannel { Id = "C3", Joined = false },
            ],
        };

    [Theory]
    [InlineData("C1", null)]
    [InlineData("#general", null)]
    [InlineData("C2", "is_archived")]
    [InlineData("C3", "not_in_channel")]
    [InlineData("C4", "channel_not_found")]
    public async Task Should_accept_only_configured_channels(string channel, string? error) => (await Post(channel)).ShouldBe(error);

    [Fact]
    public async Task Should_reject_an_unknown_token()
    {
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "unknown");

        (await Post("C1")).ShouldBe("invalid_auth");
    }

    [Fact]
    public async Task Should_reject_an_update_by_another_user()
    {
        await Post("C1");
        var ts = Server.SlackMessages()[0].Ts;
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "other");

        (await Call("chat.update", $$"""{"channel": "C1", "ts": "{{ts}}", "text": "Mine"}""")).ShouldBe("cant_update_message");
    }

    Task<string?> Post(string channel) => Call("chat.postMessage", $$"""{"channel": "{{channel}}", "text": "Hi"}""");

    async Task<string?> Call(string method, string json) =>
        (string?)(await Body(await Http.PostAsync(new Uri(Server.SlackUrl, method), Json(json), Ct)))["error"];
}
