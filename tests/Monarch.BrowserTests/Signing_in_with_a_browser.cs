using Microsoft.Playwright;
using Monarch.Tests.Bridge;
using Monarch.Tests.Bridge.Pages;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Monarch.BrowserTests;

public sealed class Signing_in_with_a_browser(Chromium chromium) : IAsyncLifetime
{
    BridgeHost _host = null!;
    IBrowserContext _context = null!;
    IPage _page = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await SeededHost.StartAsync(("MONARCH_API_KEYS", "reader:view:just-looking,ada:operate:open-sesame"));
        _context = await chromium.NewContextAsync();
        _page = await _context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Should_lead_to_the_page_that_was_asked_for()
    {
        var watch = PageWatch.Of(_page);
        await OpenAsync("/?q=rare");
        await SignInAsync("wrong");
        await Expect(_page.Locator("#key-e")).ToContainTextAsync("This key is not known.");
        (await _page.TitleAsync()).ShouldStartWith("Error: ");

        await SignInAsync("open-sesame");

        await Expect(_page.Locator("h1")).ToHaveTextAsync("Migrations");
        _page.Url.ShouldEndWith("/?q=rare");
        await Expect(_page.Locator("#nav")).ToContainTextAsync("ada");
        watch.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_hide_the_actions_from_a_reader()
    {
        await OpenAsync($"/migrations/{PageStory.Running}");
        await SignInAsync("just-looking");

        await Expect(_page.Locator("#nav")).ToContainTextAsync("reader (view only)");
        await Expect(_page.Locator("details.act")).ToHaveCountAsync(0);
        await OpenAsync("/");
        await Expect(_page.GetByText("New migration")).ToHaveCountAsync(0);
        (await OpenAsync("/new"))!.Status.ShouldBe(403);
    }

    [Fact]
    public async Task Should_ask_for_the_key_again_when_the_cookie_is_gone()
    {
        await _page.Clock.InstallAsync();
        await OpenAsync("/");
        await SignInAsync("open-sesame");
        await Expect(_page.Locator("h1")).ToHaveTextAsync("Migrations");
        await _context.ClearCookiesAsync();
        await _page.Clock.FastForwardAsync(6_000);

        // The next update of the list loads the whole page.
        await Expect(_page.Locator("h1")).ToHaveTextAsync("Sign in");
    }

    [Fact]
    public async Task Should_refuse_a_form_of_another_site()
    {
        await using var unprotected = await chromium.NewContextAsync(new() { BypassCSP = true });
        _page = await unprotected.NewPageAsync();
        await OpenAsync("/");
        await SignInAsync("open-sesame");
        await Expect(_page.Locator("h1")).ToHaveTextAsync("Migrations");
        // Another port of the same host is the same site, so the cookie is sent.
        await using var other = await BridgeHost.AloneAsync();
        await _page.GotoAsync($"{new Uri(other.Web.BaseAddress!, "/health")}");
        await _page.SetContentAsync(
            $"<form method=post action=\"{new Uri(_host.Web.BaseAddress!, $"/migrations/{PageStory.Running}/cancel")}\"><input name=reason value=mine><button>Go</button></form>"
        );
        await _page.GetByRole(AriaRole.Button).ClickAsync();

        await Expect(_page.Locator("h1")).ToHaveTextAsync("The form is too old");
        _host.Saga.Commands.ShouldBeEmpty();
    }

    Task<IResponse?> OpenAsync(string address) => _page.GotoAsync($"{new Uri(_host.Web.BaseAddress!, address)}");

    async Task SignInAsync(string key)
    {
        await _page.GetByLabel("Key").FillAsync(key);
        await _page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }
}
