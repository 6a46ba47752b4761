using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Monarch.Contracts.Deployments;
using Monarch.Tests.Bridge.Deployments;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge.Trackers;

public sealed class Receiving_from_Jira
{
    const string Path = "/trackers/jira";
    const string Secret = "It's a Secret to Everybody";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    static (string, string)[] Signed => [("JIRA_WEBHOOK_SECRET", Secret)];

    // As RFC 4231 and the documentation of WebSub compute it.
    [Fact]
    public async Task Should_accept_the_signature_of_the_documentation()
    {
        await using var host = await StartAsync(Signed);

        (
            await SendAsync(host, "Hello World!", signature: "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9")
        ).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Should_queue_a_move_once_despite_repeated_deliveries()
    {
        await using var host = await StartAsync(Signed);

        (await DeliverAsync(host, JiraDeliveries.Cloud, "id-1")).ShouldBe((200, "queued"));
        (await DeliverAsync(host, JiraDeliveries.Cloud, "id-1")).ShouldBe((200, "duplicate"));
        (await DeliverAsync(host, JiraDeliveries.Cloud, "id-2")).ShouldBe((200, "queued"));
        await host.SavedAsync();

        host.Saga.Received.SelectMany(message => message.Moves)
            .Select(move => (move.Number, move.MovedAt))
            .ShouldBe([(123, FakeTime.Start), (123, FakeTime.Start)]);
        host.Saga.Received.ShouldAllBe(message => message.ServerId == ServerId.Of("ABC", IssueStatus.Test));
        (await host.SendAsync("GET", "/messages/")).Body.GetRawText().ShouldBe("""[{"issue_id":"ABC-123","status":"test"}]""");
        host.Moves.ShouldBe(new Dictionary<string, long> { ["jira queued"] = 2, ["jira duplicate"] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public async Task Should_recognise_a_repeated_delivery_for_a_day()
    {
        var time = FakeTime.New();
        await using var host = await UsherHost.StartAsync(
            services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time)),
            Signed
        );
        const string Timeless =
            """{"webhookEvent": "jira:issue_updated", "issue": {"key": "ABC-7"}, "changelog": {"items": [{"field": "status", "toString": "Beta"}]}}""";

        (await DeliverAsync(host, Timeless, "id-1")).ShouldBe((200, "queued"));
        time.Advance(TimeSpan.FromHours(23.9));
        (await DeliverAsync(host, Timeless, "id-1")).ShouldBe((200, "duplicate"));
        time.Advance(TimeSpan.FromHours(0.2));
        (await DeliverAsync(host, Timeless, "id-1")).ShouldBe((200, "queued"));
    }

    [Fact]
    public async Task Should_queue_each_delivery_without_an_identifier()
    {
        await using var host = await StartAsync(Signed);

        (await DeliverAsync(host, JiraDeliveries.DataCenter, null)).ShouldBe((200, "queued"));
        (await DeliverAsync(host, JiraDeliveries.DataCenter, null)).ShouldBe((200, "queued"));
        (await DeliverAsync(host, JiraDeliveries.DataCenter, new string('i', 5000))).ShouldBe((200, "queued"));
    }

    [Fact]
    public async Task Should_queue_all_issues_of_one_delivery()
    {
        await using var host = await StartAsync(Signed);

        (await DeliverAsync(host, JiraDeliveries.Collected, "id-1")).ShouldBe((200, "queued"));
        (await DeliverAsync(host, JiraDeliveries.Collected, "id-1")).ShouldBe((200, "duplicate"));
        await host.SavedAsync();

        (await host.SendAsync("GET", "/messages/")).Body.GetArrayLength().ShouldBe(2);
    }

    public static TheoryData<string, int, string?> Others =>
        new()
        {
            { """{"webhookEvent": "jira:issue_deleted", "issue": {"key": "ABC-1"}}""", 200, "ignored" },
            {
                """{"webhookEvent": "jira:issue_updated", "issue": {"key": "ABC-1"}, "changelog": {"items": [{"field": "status", "to": "9", "toString": "En prueba"}]}}""",
                200,
                "ignored"
            },
            {
                """{"webhookEvent": "jira:issue_updated", "issue": {"key": "NIX-1"}, "changelog": {"items": [{"field": "status", "toString": "Test"}]}}""",
                200,
                "ignored"
            },
            {
                """{"webhookEvent": "jira:issue_updated", "issue": {"key": "ABC-1; rm -rf /"}, "changelog": {"items": [{"field": "status", "toString": "Test"}]}}""",
                200,
                "ignored"
            },
            {
                """{"webhookEvent": "jira:issue_updated", "issue": {"key": "../x-1"}, "changelog": {"items": [{"field": "status", "toString": "Test"}]}}""",
                200,
                "ignored"
            },
            { """{"webhookEvent": "jira:version_released", "timestamp": "soon"}""", 200, "ignored" },
            { """{"webhookEvent": "jira:issue_updated", """, 400, null },
            { "[1]", 400, null },
            { "", 400, null },
        };

    [Theory, MemberData(nameof(Others))]
    public async Task Should_answer_deliveries_without_a_move_and_queue_the_next(string delivery, int status, string? result)
    {
        await using var host = await StartAsync(Signed);

        (await DeliverAsync(host, delivery, "id-1")).ShouldBe((status, result));

        host.Moves.ShouldBe(new Dictionary<string, long> { [status == 200 ? "jira ignored" : "jira refused"] = 1 });
        host.Log.Lines.ShouldAllBe(line => !line.Contains("rm -rf"));
        await ShouldQueueTheNextAsync(host);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("sha256=")]
    [InlineData("sha256=zz")]
    [InlineData("sha256=00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha256=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha1=0000000000000000000000000000000000000000")]
    [InlineData("other secret")]
    [InlineData("other body")]
    public async Task Should_refuse_a_wrong_signature_without_a_reason_and_queue_the_next(string signature)
    {
        await using var host = await StartAsync(Signed);
        var sent = signature switch
        {
            "none" => null,
            "other secret" => Sign(JiraDeliveries.Cloud, "other"),
            "other body" => Sign(JiraDeliveries.Cloud + " ", Secret),
            _ => signature,
        };

        var (status, body, header) = await SendAsync(host, JiraDeliveries.Cloud, signature: sent);

        status.ShouldBe(401);
        body.ShouldNotContain("ignature");
        body.ShouldNotContain("ecret");
        header.ShouldBeEmpty();
        host.Saga.Received.ShouldBeEmpty();
        host.Moves.ShouldBe(new Dictionary<string, long> { ["jira refused"] = 1 });
        await ShouldQueueTheNextAsync(host);
    }

    [Fact]
    public async Task Should_accept_each_of_several_secrets()
    {
        await using var host = await StartAsync(("JIRA_WEBHOOK_SECRET", "new-secret, old-secret"));

        (await SendAsync(host, JiraDeliveries.Cloud, signature: Sign(JiraDeliveries.Cloud, "new-secret"))).Status.ShouldBe(200);
        (
            await SendAsync(host, JiraDeliveries.Cloud, signature: Sign(JiraDeliveries.Cloud, "old-secret").ToUpperInvariant())
        ).Status.ShouldBe(200);
        (await SendAsync(host, JiraDeliveries.Cloud, signature: Sign(JiraDeliveries.Cloud, "new-secret, old-secret"))).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Should_accept_user_and_password_as_well_as_a_signature()
    {
        await using var host = await StartAsync(
            ("JIRA_WEBHOOK_SECRET", Secret),
            ("JIRA_WEBHOOK_USER", "jira"),
            ("JIRA_WEBHOOK_PASSWORD", "pass:wörd")
        );

        (await SendAsync(host, JiraDeliveries.Automation, basic: "jira:pass:wörd")).Status.ShouldBe(200);
        (await SendAsync(host, JiraDeliveries.Cloud, signature: Sign(JiraDeliveries.Cloud, Secret))).Status.ShouldBe(200);
        foreach (var wrong in new[] { "jira:pass", "jira:", "jira", "", "Jira:pass:wörd", "other:pass:wörd" })
        {
            (await SendAsync(host, JiraDeliveries.Automation, basic: wrong)).Status.ShouldBe(401, wrong);
        }

        (await SendAsync(host, JiraDeliveries.Automation)).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData(1024 * 1024, 400)]
    [InlineData((1024 * 1024) + 1, 413)]
    [InlineData(5 * 1024 * 1024, 413)]
    public async Task Should_read_a_mebibyte_and_no_more_and_queue_the_next(int length, int expected)
    {
        await using var host = await StartAsync(Signed);
        var body = new string('x', length);

        (await SendAsync(host, body, signature: Sign(body, Secret))).Status.ShouldBe(expected);

        await ShouldQueueTheNextAsync(host);
    }

    [Fact]
    public async Task Should_accept_only_local_callers_when_Jira_is_not_authenticated()
    {
        await using var host = await StartAsync(("USHER_TRUSTED_NETWORKS", "127.0.0.0/8"));

        (await SendAsync(host, JiraDeliveries.Cloud)).Status.ShouldBe(200);
        (await SendAsync(host, JiraDeliveries.Cloud, server: "usher.school.example")).Status.ShouldBe(421);
    }

    [Fact]
    public async Task Should_require_the_API_key_only_when_Jira_is_not_authenticated()
    {
        await using var signed = await StartAsync([.. Signed, ("MONARCH_API_KEY", "open-sesame")]);
        await using var unsigned = await StartAsync(("MONARCH_API_KEY", "open-sesame"), ("USHER_TRUSTED_NETWORKS", "127.0.0.0/8"));

        (
            await SendAsync(signed, JiraDeliveries.Cloud, signature: Sign(JiraDeliveries.Cloud, Secret), server: "usher.school.example")
        ).Status.ShouldBe(200);
        (await SendAsync(unsigned, JiraDeliveries.Cloud)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Should_map_statuses_by_the_configured_ids()
    {
        await using var host = await StartAsync([.. Signed, ("USHER_STATUSES", "10034=beta,In Test=test")]);

        await DeliverAsync(host, JiraDeliveries.Cloud, "id-1");
        await host.SavedAsync();

        host.Saga.Received.ShouldHaveSingleItem().Status.ShouldBe(IssueStatus.Beta);
    }

    static Task<UsherHost> StartAsync(params (string, string)[] settings) =>
        UsherHost.StartAsync(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(FakeTime.New())), settings);

    static async Task ShouldQueueTheNextAsync(UsherHost host)
    {
        (await DeliverAsync(host, JiraDeliveries.Cloud, "the next")).ShouldBe((200, "queued"));
        await host.SavedAsync();
        host.Saga.Received.ShouldHaveSingleItem().Moves.ShouldHaveSingleItem().Number.ShouldBe(123);
    }

    static async Task<(int Status, string? Result)> DeliverAsync(UsherHost host, string body, string? id)
    {
        var (status, answer, _) = await SendAsync(host, body, Sign(body, Secret), id: id);
        return (status, JsonDocument.Parse(answer).RootElement.TryGetProperty("result", out var result) ? result.GetString() : null);
    }

    static async Task<(int Status, string Body, string Challenge)> SendAsync(
        UsherHost host,
        string body,
        string? signature = null,
        string? id = null,
        string? basic = null,
        string? server = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Headers.ExpectContinue = body.Length > 1024 * 1024;
        request.Headers.Host = server;
        request.Headers.Authorization = basic is null
            ? null
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(basic)));
        foreach (var (name, value) in new[] { ("X-Hub-Signature", signature), ("X-Atlassian-Webhook-Identifier", id) })
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var answer = await host.Http.SendAsync(request, Token);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Token), answer.Headers.WwwAuthenticate.ToString());
    }

    static string Sign(string body, string secret) =>
        $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)))}";
}
