using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Monarch.Bridge;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge;

public sealed class Describing_the_API
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_name_every_path_answer_and_field()
    {
        await using var host = await BridgeHost.AloneAsync();

        var api = JsonDocument.Parse(await host.Web.GetByteArrayAsync("/openapi/v1.json", Token)).RootElement;
        api.GetProperty("info").GetProperty("title").GetString().ShouldBe("Monarch");
        api.GetProperty("info")
            .GetProperty("version")
            .GetString()
            .ShouldBe(typeof(BridgeRegistration).Assembly.GetName().Version!.ToString(3));

        api.GetProperty("openapi").GetString()!.ShouldStartWith("3.");
        var paths = api.GetProperty("paths");
        Operations(paths)
            .ShouldBe(
                [
                    "get /api/migrations: 200 400 503",
                    "get /api/migrations/{id}: 200 404 503",
                    "get /api/dry-runs/{id}: 200 404 503",
                    "get /api/processes: 200 503",
                    "get /api/rejected: 200 400 503",
                    "get /api/credentials: 200 503",
                    "get /api/logs: 200 400 404 503",
                    "get /api/logs/export: 200 400 404 503",
                    "get /api/services: 200 404 503",
                    "get /api/log-levels: 200",
                    "post /api/migrations: 202 400 413 422 503",
                    .. new[] { "cancel", "pause", "resume", "retry" }.Select(command =>
                        $"post /api/migrations/{{id}}/{command}: 202 400 404 409 413 503"
                    ),
                ],
                ignoreOrder: true
            );
        paths
            .GetProperty("/api/migrations")
            .GetProperty("post")
            .GetProperty("requestBody")
            .GetProperty("content")
            .TryGetProperty("application/json", out _)
            .ShouldBeTrue();
        paths
            .GetProperty("/api/migrations")
            .GetProperty("post")
            .GetProperty("parameters")[0]
            .GetProperty("name")
            .GetString()
            .ShouldBe("Idempotency-Key");

        paths
            .GetProperty("/api/migrations")
            .GetProperty("post")
            .GetProperty("parameters")[1]
            .GetProperty("name")
            .GetString()
            .ShouldBe("dryRun");

        var schemas = api.GetProperty("components").GetProperty("schemas");
        Fields(schemas, "ForeignRequest")
            .ShouldBe([
                "source_repo",
                "all_target_repositories",
                "notification_channel",
                "recreate",
                "traceparent",
                "copy_labels",
                "copy_milestones",
                "copy_types",
                "keep_assignees",
                "assignees",
                "keep_mentions",
                "copy_comments",
                "update",
                "close_removed",
                "state",
                "label",
                "milestone",
                "issues",
                "since",
            ]);
        Fields(schemas, "AcceptedMigration").ShouldBe(["id", "status"]);
        Fields(schemas, "CommandRequest").ShouldBe(["reason"]);
        Fields(schemas, "CredentialView")
            .ShouldBe(["name", "account", "login", "status", "since", "retryAt", "failure", "budget", "reportedAt"]);
        Fields(schemas, "Intervention").ShouldBe(["kind", "reason", "at"]);
        new[] { "repositoriesEnded", "isPaused", "interventions", "copy" }.ShouldBeSubsetOf(Fields(schemas, "MigrationView"));
        Fields(schemas, "RepositoryView").ShouldContain("rejectedIssues");
        Fields(schemas, "ProcessState")
            .ShouldBe([
                "id",
                "role",
                "host",
                "processId",
                "version",
                "startedAt",
                "seenAt",
                "isReady",
                "reason",
                "heartbeatSeconds",
                "heartbeatAgeSeconds",
                "isMissed",
            ]);
        Fields(schemas, "Rejection").ShouldBe(["at", "origin", "faults", "payload"]);
    }

    [Fact]
    public async Task Should_require_the_key_for_everything_but_health()
    {
        await using var host = await BridgeHost.AloneAsync(("MONARCH_API_KEY", "open-sesame"));

        foreach (
            var path in new[]
            {
                "/api/migrations",
                "/api/migrations/0199a5a0-0000-7000-8000-000000000000",
                "/api/dry-runs/0199a5a0-0000-7000-8000-000000000000",
                "/api/processes",
                "/api/rejected",
                "/api/credentials",
                "/api/logs",
                "/api/logs/export",
                "/api/services",
                "/api/log-levels",
                "/openapi/v1.json",
                "/docs/",
            }
        )
        {
            (await StatusAsync(host, path, null)).ShouldBe(HttpStatusCode.Unauthorized, path);
            (await StatusAsync(host, path, "open-barley")).ShouldBe(HttpStatusCode.Unauthorized, path);
            (await StatusAsync(host, path, "open-sesame")).ShouldNotBe(HttpStatusCode.Unauthorized, path);
        }

        using var refused = await host.Web.PostAsync("/api/migrations", new StringContent(BadMessages.Good), Token);
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        refused.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Bearer");
        (await StatusAsync(host, "/health/live", null)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_show_a_reference_without_requests_to_other_servers()
    {
        await using var host = await BridgeHost.AloneAsync();

        var page = await host.Web.GetStringAsync("/docs", Token);

        page.ShouldContain("Monarch's API");
        page.ShouldContain("openapi/v1.json");
        Regex.Matches(page, "(https?:)?//[a-z]").ShouldBeEmpty(page);
        var scripts = Regex.Matches(page, "src=\"([^\"]+)\"").Select(script => script.Groups[1].Value).ToList();
        scripts.ShouldNotBeEmpty();
        foreach (var script in scripts)
        {
            (await host.Web.GetByteArrayAsync(new Uri(new(host.Web.BaseAddress!, "/docs/"), script), Token)).ShouldNotBeEmpty();
        }

        using var elsewhere = await host.Metrics.GetAsync("/docs", Token);
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Should_report_health_on_both_ports(string path)
    {
        await using var host = await BridgeHost.AloneAsync();

        foreach (var http in new[] { host.Web, host.Metrics })
        {
            var health = JsonDocument.Parse(await http.GetByteArrayAsync(path, Token)).RootElement;
            health.GetProperty("status").GetString().ShouldBe("Healthy");
        }
    }

    static async Task<HttpStatusCode> StatusAsync(BridgeHost host, string path, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = key is null ? null : new("Bearer", key);
        using var answer = await host.Web.SendAsync(request, Token);
        return answer.StatusCode;
    }

    static IEnumerable<string> Operations(JsonElement paths) =>
        from path in paths.EnumerateObject()
        from operation in path.Value.EnumerateObject()
        let answers = operation.Value.GetProperty("responses").EnumerateObject().Select(answer => answer.Name).Order()
        select $"{operation.Name} {path.Name}: {string.Join(' ', answers)}";

    static IEnumerable<string> Fields(JsonElement schemas, string name) =>
        schemas.GetProperty(name).GetProperty("properties").EnumerateObject().Select(property => property.Name);
}
