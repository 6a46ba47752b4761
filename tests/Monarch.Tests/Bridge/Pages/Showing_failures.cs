using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge.Intake;
using Monarch.Bridge.Status;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge.Pages;

public sealed class Showing_failures : IAsyncLifetime
{
    BridgeHost _host = null!;
    PageClient _client = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await BridgeHost.AloneAsync();
        _client = new(_host);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Should_group_them_by_cause_with_the_remedy()
    {
        await SeedAsync();

        var page = await _client.GetAsync("/failures");

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldContain("4 causes");
        page.Text.ShouldContain("Issues are turned off in the repository · 30 issues missing in 1 repository");
        page.Text.ShouldContain("Turn on Issues in the repository's settings, then retry.");
        page.Text.ShouldContain("Validation Failed: title is too long (maximum is 256 characters) · 9 issues missing in 6 repositories");
        page.Text.ShouldContain("GitHub does not find the template · 1 migration");
        page.Values("href").ShouldContain($"/migrations/{PageStory.Waiting}/repositories/22");
        page.Html.ShouldNotContain("<script>alert");
        page.Text.ShouldContain("#23 <script>alert('README')</script> in the README");
    }

    [Fact]
    public async Task Should_retry_a_migration_from_there()
    {
        await SeedAsync();
        var page = await _client.GetAsync("/failures?q=nutshell");

        page.Values("action")
            .Where(action => action.EndsWith("/retry", StringComparison.Ordinal))
            .ShouldBe([$"/migrations/{PageStory.WithFailures}/retry"]);
        var answer = await _client.SubmitAsync(page, $"/migrations/{PageStory.WithFailures}/retry", ("reason", "titles are shorter"));

        answer.Location.ShouldBe($"/migrations/{PageStory.WithFailures}");
    }

    [Fact]
    public async Task Should_say_that_nothing_failed()
    {
        (await _client.GetAsync("/failures")).Text.ShouldContain("Nothing failed");
        (await _client.GetAsync("/failures?q=%3Cb%3E")).Text.ShouldContain("None has “<b>”");
    }

    [Fact]
    public async Task Should_list_refused_requests_with_their_message()
    {
        (await _client.GetAsync("/rejected")).Text.ShouldContain("No request was refused");
        await _host
            .Services.GetRequiredService<IRejectionStore>()
            .AddAsync(
                new(
                    TimeProvider.System.GetUtcNow(),
                    "POST /api/migrations",
                    ["source_repo <b>is</b> wrong."],
                    "{\"a\": \"</pre><script>\u202e\"}\n"
                ),
                Token
            );

        var page = await _client.GetAsync("/rejected");

        page.Text.ShouldContain("source_repo <b>is</b> wrong.");
        page.Text.ShouldContain("{\"a\": \"</pre><script>\\u202e\"}");
        page.Html.ShouldNotContain("</pre><script>");
    }

    [Fact]
    public async Task Should_show_the_budget_of_each_account()
    {
        (await _client.GetAsync("/budget")).Text.ShouldContain("No account has been used");
        await PageStory.SeedAsync(_host.Services.GetRequiredService<ICredentialViews>(), TimeProvider.System.GetUtcNow(), Token);

        var page = await _client.GetAsync("/budget");

        page.Text.ShouldContain("GitHub refuses 1 credential");
        page.Text.ShouldContain("Bad credentials. Replace the token");
        page.Text.ShouldContain("nss-monarch (token 5f1c7a90)");
        page.Text.ShouldContain("of 500");
        page.Text.ShouldContain("3,412");
    }

    [Fact]
    public async Task Should_show_the_processes()
    {
        var page = await _client.GetAsync("/system");

        Regex.Replace(page.Text, @"\s+", " ").ShouldContain("1 process is ready");
        page.Text.ShouldContain($"serve {Environment.MachineName}, process {Environment.ProcessId}");
    }

    Task SeedAsync() => PageStory.SeedAsync(_host.Services.GetRequiredService<IStatusStore>(), TimeProvider.System.GetUtcNow(), Token);
}
