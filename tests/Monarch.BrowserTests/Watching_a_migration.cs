using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;
using Monarch.Tests.Bridge;
using Monarch.Tests.Bridge.Pages;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Monarch.BrowserTests;

public sealed class Watching_a_migration(Chromium chromium) : IAsyncLifetime
{
    // Longer than the time between two updates.
    const long Update = 6_000;

    BridgeHost _host = null!;
    IBrowserContext _context = null!;
    IPage _page = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    IStatusStore Store => _host.Services.GetRequiredService<IStatusStore>();

    public async ValueTask InitializeAsync()
    {
        _host = await SeededHost.StartAsync();
        _context = await chromium.NewContextAsync(new() { TimezoneId = "America/Chicago" });
        _page = await _context.NewPageAsync();
        await _page.Clock.InstallAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Should_show_its_end_without_a_reload()
    {
        var watch = PageWatch.Of(_page);
        await OpenAsync($"/migrations/{PageStory.Running}");
        await Expect(_page.Locator("#migration .head .state")).ToHaveTextAsync("Running");
        await _page.EvaluateAsync("window.isTheSamePage = true");

        await EndAsync();
        await _page.Clock.FastForwardAsync(Update);

        await Expect(_page.Locator("#migration .head .state")).ToHaveTextAsync("Completed");
        await Expect(_page.GetByText("Pause")).ToHaveCountAsync(0);
        (await _page.EvaluateAsync<bool>("window.isTheSamePage")).ShouldBeTrue();
        // It has ended, so nothing is requested any more.
        (await _page.Locator("[hx-get]").CountAsync()).ShouldBe(0);
        watch.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_leave_an_open_form_alone()
    {
        await OpenAsync($"/migrations/{PageStory.Running}");
        await _page.Locator("summary", new() { HasText = "Pause" }).ClickAsync();
        await _page.Locator("#reason-pause").FillAsync("the template is wrong");
        await EndAsync();

        var updates = 0;
        _page.Request += (_, _) => updates++;
        await _page.EvaluateAsync("document.addEventListener('htmx:finally:request', () => window.wasDue = true)");
        await _page.Clock.FastForwardAsync(Update);
        await _page.WaitForFunctionAsync("window.wasDue");

        updates.ShouldBe(0);
        (await _page.Locator("#reason-pause").InputValueAsync()).ShouldBe("the template is wrong");
        // Sent nevertheless, it changes nothing, and the page says so.
        await _page.GetByRole(AriaRole.Button, new() { Name = "Pause migration" }).ClickAsync();
        await Expect(_page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing was changed.");
        _host.Saga.Commands.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_show_times_in_the_zone_of_the_reader()
    {
        await OpenAsync("/");
        var time = _page.Locator("#migrations time").First;
        var utc = DateTimeOffset.Parse((await time.GetAttributeAsync("datetime"))!, System.Globalization.CultureInfo.InvariantCulture);
        var local = TimeZoneInfo.ConvertTime(utc, TimeZoneInfo.FindSystemTimeZoneById("America/Chicago"));

        (await time.InnerTextAsync()).ShouldEndWith(
            local.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)
                + local.ToString(":ss", System.Globalization.CultureInfo.InvariantCulture)
        );
        (await time.GetAttributeAsync("title")).ShouldBe($"{utc:yyyy-MM-dd HH:mm:ss} UTC");
        await Expect(_page.Locator("footer")).ToContainTextAsync("Times are in your zone, UTC−");
    }

    [Fact]
    public async Task Should_send_every_command_without_script()
    {
        await using var context = await chromium.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        foreach (
            var (id, verb, button, notice) in new[]
            {
                (PageStory.Running, "Pause", "Pause migration", "is being paused"),
                (PageStory.Paused, "Resume", "Resume migration", "is being resumed"),
                (PageStory.WithFailures, "Retry all 3", "Retry 3 repositories", "retry is on its way"),
                (PageStory.Waiting, "Cancel", "Cancel migration", "is being cancelled"),
            }
        )
        {
            await page.GotoAsync($"{new Uri(_host.Web.BaseAddress!, $"/migrations/{id}")}");
            await page.Locator("summary", new() { HasText = verb }).ClickAsync();
            await page.Locator("details[open] input[name=reason]").FillAsync("because");
            await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();

            await Expect(page.Locator(".notice")).ToContainTextAsync(notice);
            page.Url.ShouldEndWith($"/migrations/{id}");
            await page.ReloadAsync();
            await Expect(page.Locator(".notice")).ToHaveCountAsync(0);
            await page.GoBackAsync();
            (await page.TitleAsync()).ShouldContain("Monarch");
        }
    }

    [Fact]
    public async Task Should_start_one_from_the_form()
    {
        await OpenAsync("/");
        await _page.GetByRole(AriaRole.Link, new() { Name = "New migration" }).ClickAsync();
        await _page.GetByLabel("Template repository").FillAsync("school/template");
        await _page.GetByLabel("Target repositories").FillAsync("teams/one\nteams two");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Start migration" }).ClickAsync();

        await Expect(_page.Locator("#targets-e")).ToContainTextAsync("Line 2: 'teams two'");
        await Expect(_page.GetByLabel("Template repository")).ToHaveValueAsync("school/template");
        await _page.GetByLabel("Target repositories").FillAsync("teams/one\nteams/two");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Start migration" }).ClickAsync();

        await Expect(_page.Locator("h1")).ToHaveTextAsync("school/template to 2 repositories");
        await Expect(_page.Locator(".notice")).ToContainTextAsync("The migration is accepted");
    }

    Task<IResponse?> OpenAsync(string address) => _page.GotoAsync($"{new Uri(_host.Web.BaseAddress!, address)}");

    async Task EndAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        var targets = Enumerable
            .Range(0, 12)
            .Select(index =>
                PageStory.Target("rare", index) with
                {
                    Status = RepositoryStatus.Completed,
                    Total = 22,
                    Created = 22,
                    AlreadyThere = 0,
                    Rejected = 0,
                }
            );
        await Store.ApplyAsync(
            PageStory.Batch(2, "rare", 12, BatchStatus.Completed, now.AddMinutes(-5)) with
            {
                Version = 9,
                EndedAt = now,
                TargetsEnded = 12,
                Targets = [.. targets],
            },
            Token
        );
    }
}
