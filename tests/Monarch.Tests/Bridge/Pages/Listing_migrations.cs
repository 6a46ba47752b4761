using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge.Pages;

public sealed class Listing_migrations : IAsyncLifetime
{
    BridgeHost _host = null!;
    PageClient _client = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    IStatusStore Store => _host.Services.GetRequiredService<IStatusStore>();

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
    public async Task Should_show_how_to_start_the_first_migration()
    {
        var page = await _client.GetAsync("/");

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.ContentType.ShouldBe("text/html");
        page.Text.ShouldContain("No migrations yet");
        page.Text.ShouldContain("PUBLISH channel_migrate_issue_tickets");
    }

    [Fact]
    public async Task Should_list_every_state_newest_first()
    {
        await SeedAsync();

        var page = await _client.GetAsync("/");

        Templates(page)
            .ShouldBe([
                "pizza-shop",
                "nutshell-redux",
                "rare",
                "cider-falls",
                "brewed-awakenings",
                "nutshell",
                "honey-rae-repair",
                "kneel-diamonds",
                "shepherds-pies",
                "mvp-planner",
                "daily-journal",
                "rare-template",
            ]);
        foreach (
            var words in new[]
            {
                "Queued",
                "Reading the template",
                "170 of 264",
                ": GitHub's hourly limit",
                "5 repositories need you",
                "63 missing",
                "Paused : due dates in the template are wrong",
                "Completed with failures",
                "GitHub does not find nss-group-projects/honey-rae-repair",
                "The template has no issues to copy",
                "Cancelled : wrong cohort",
                "After a retry",
                "1 to 12 of 12",
            }
        )
        {
            Regex.Replace(page.Text, " :", ":").ShouldContain(Regex.Replace(words, " :", ":"));
        }
    }

    [Theory]
    [InlineData("/?state=needs-you", "cider-falls,nutshell,honey-rae-repair")]
    [InlineData("/?state=waiting", "cider-falls")]
    [InlineData("/?state=paused", "brewed-awakenings")]
    [InlineData("/?state=cancelled", "mvp-planner")]
    [InlineData("/?q=RARE", "rare,rare-template")]
    [InlineData("/?q=c05trm71q0a&state=completed", "rare-template")]
    [InlineData("/?q=due+dates", "brewed-awakenings")]
    [InlineData("/?q=nutshell-lemurs", "nutshell")]
    [InlineData("/?q=3f9c1b7e0008", "kneel-diamonds")]
    [InlineData("/?q=no-such-thing", "")]
    public async Task Should_find_them_by_text_and_state(string address, string templates)
    {
        await SeedAsync();

        var page = await _client.GetAsync(address);

        string.Join(',', Templates(page)).ShouldBe(templates);
        (page.Text.Contains("Clear filters", StringComparison.Ordinal)).ShouldBe(templates.Length == 0);
    }

    [Theory]
    [InlineData("/?state=%3Cb%3Enonsense", "There is no state “<b>nonsense”")]
    [InlineData("/?page=-1", "1 to 12 of 12")]
    [InlineData("/?page=99999999999", "1 to 12 of 12")]
    [InlineData("/?page=7", "1 to 12 of 12")]
    public async Task Should_list_all_where_a_filter_is_nonsense(string address, string expected)
    {
        await SeedAsync();

        var page = await _client.GetAsync(address);

        page.Status.ShouldBe(HttpStatusCode.OK);
        Templates(page).Count.ShouldBe(12);
        page.Text.ShouldContain(expected);
        page.Html.ShouldNotContain("<b>nonsense");
    }

    [Fact]
    public async Task Should_page_through_many_with_the_filter_in_the_address()
    {
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < 60; i++)
        {
            await Store.ApplyAsync(
                PageStory.Batch(i, $"template-{i}", 1, BatchStatus.Completed, now.AddMinutes(-i)) with
                {
                    EndedAt = now,
                },
                Token
            );
        }

        var first = await _client.GetAsync("/?q=template&state=completed");
        Templates(first).Count.ShouldBe(25);
        var second = await _client.GetAsync(first.Values("href").Single(link => link.Contains("page=2", StringComparison.Ordinal)));
        second.Text.ShouldContain("26 to 50 of 60");
        Templates(second)[0].ShouldBe("template-25");
        var third = await _client.GetAsync(second.Values("href").Single(link => link.Contains("page=3", StringComparison.Ordinal)));
        Templates(third).Count.ShouldBe(10);
        third.Text.ShouldContain("Newer");
        third.Text.ShouldNotContain("Older");
    }

    [Fact]
    public async Task Should_show_hostile_text_as_text()
    {
        const string Hostile = "<script>alert(1)</script>\"'\u202e\u0007";
        var now = TimeProvider.System.GetUtcNow();
        await Store.ApplyAsync(
            PageStory.Batch(1, "x", 1, BatchStatus.Migrating, now) with
            {
                Source = $"owner/{Hostile}",
                NotificationChannel = Hostile,
                IsPaused = true,
                Interventions =
                [
                    new()
                    {
                        Kind = InterventionKind.Pause,
                        At = now,
                        Reason = Hostile,
                    },
                ],
                Targets = [PageStory.Target("x", 0) with { Requested = $"{Hostile}/{Hostile}" }],
            },
            Token
        );

        foreach (
            var address in new[]
            {
                "/",
                $"/?q={Uri.EscapeDataString(Hostile)}",
                $"/migrations/{PageStory.Id(1)}",
                $"/migrations/{PageStory.Id(1)}/repositories/1",
            }
        )
        {
            var page = await _client.GetAsync(address);

            page.Status.ShouldBe(HttpStatusCode.OK, address);
            page.Html.ShouldNotContain("<script>alert", Case.Sensitive, address);
            page.Html.ShouldNotContain("\u202e", Case.Sensitive, address);
            page.Html.ShouldNotContain("\u0007", Case.Sensitive, address);
            page.Text.ShouldContain("alert(1)", Case.Sensitive, address);
        }
    }

    [Fact]
    public async Task Should_answer_htmx_with_the_list_alone()
    {
        await SeedAsync();

        var whole = await _client.GetAsync("/?state=active");
        whole.Values("hx-get").ShouldBe(["/?state=active"]);
        var part = await _client.GetAsync("/?state=active", ("HX-Request", "true"));

        part.Html.TrimStart().ShouldStartWith("<div id=\"migrations\"");
        Templates(part).ShouldBe(Templates(whole));
        part.Headers["Vary"].ShouldContain("HX-Request");
        part.Headers["Cache-Control"].ShouldContain("no-store");
    }

    [Fact]
    public async Task Should_stop_updates_on_request()
    {
        await SeedAsync();

        var frozen = await _client.GetAsync(
            (await _client.GetAsync("/?q=rare")).Values("href").Single(link => link.EndsWith("live=off", StringComparison.Ordinal))
        );

        frozen.Values("hx-get").ShouldBeEmpty();
        Templates(frozen).ShouldBe(["rare", "rare-template"]);
        frozen.Text.ShouldContain("Resume");
    }

    [Fact]
    public async Task Should_allow_only_its_own_files()
    {
        await SeedAsync();
        var page = await _client.GetAsync("/");

        var policy = page.Headers["Content-Security-Policy"];
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("script-src 'self'");
        policy.ShouldNotContain("unsafe");
        page.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        page.Html.ShouldNotContain(" style=");
        Regex.Matches(page.Html, "<script(?! src=\"/assets/)").ShouldBeEmpty();
        foreach (
            var file in page.Values("src").Concat(page.Values("href").Where(link => link.StartsWith("/assets/", StringComparison.Ordinal)))
        )
        {
            var asset = await _client.GetAsync(file);
            asset.Status.ShouldBe(HttpStatusCode.OK, file);
            asset.Headers["Cache-Control"].ShouldContain("immutable", Case.Sensitive, file);
        }
    }

    Task SeedAsync() => PageStory.SeedAsync(Store, TimeProvider.System.GetUtcNow(), Token);

    static List<string> Templates(PageAnswer page) =>
        [
            .. Regex
                .Matches(page.Html, "<th scope=\"row\".*?</span>(?<name>[^<]*)</a>", RegexOptions.Singleline)
                .Select(match => match.Groups["name"].Value),
        ];
}
