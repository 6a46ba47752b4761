using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Monarch.Tests.Bridge;
using Shouldly;
using Xunit;

namespace Monarch.BrowserTests;

public sealed class Opening_every_page(Chromium chromium) : IAsyncLifetime
{
    static readonly AxeRunOptions All = new();

    // Themes differ in their colours alone.
    static readonly AxeRunOptions Colours = new()
    {
        RunOnly = new() { Type = "rule", Values = ["color-contrast", "link-in-text-block"] },
    };

    BridgeHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SeededHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Should_be_accessible_and_break_no_rule_of_the_browser(ColorScheme theme)
    {
        await using var context = await chromium.NewContextAsync(new() { ColorScheme = theme });
        var page = await context.NewPageAsync();
        var watch = PageWatch.Of(page, _host.Web.BaseAddress!);
        var findings = new List<string>();
        foreach (var (name, address) in SeededHost.Pages)
        {
            await page.GotoAsync($"{new Uri(_host.Web.BaseAddress!, address)}");
            await page.EvaluateAsync(
                "document.querySelectorAll('details').forEach(details => { details.removeAttribute('name'); details.open = true; })"
            );
            var result = await page.RunAxe(theme == ColorScheme.Light ? All : Colours);
            findings.AddRange(
                result.Violations.Select(violation =>
                    $"{name}: {violation.Id}: {violation.Help}: {string.Join(' ', violation.Nodes.Select(node => node.Html))}"
                )
            );
        }

        findings.ShouldBeEmpty();
        watch.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_not_scroll_sideways_on_a_narrow_screen()
    {
        await using var context = await chromium.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = 320, Height = 800 },
            }
        );
        var page = await context.NewPageAsync();
        var wide = new List<string>();
        foreach (var (name, address) in SeededHost.Pages)
        {
            await page.GotoAsync($"{new Uri(_host.Web.BaseAddress!, address)}");
            var width = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (width > 320)
            {
                wide.Add($"{name}: {width}");
            }
        }

        wide.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_show_the_reference_of_the_API()
    {
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        var watch = PageWatch.Of(page, _host.Web.BaseAddress!);

        await page.GotoAsync($"{new Uri(_host.Web.BaseAddress!, "/docs/")}");

        await page.GetByText("/api/migrations").First.WaitForAsync();
        watch.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_load_little()
    {
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        var bytes = 0;
        page.Response += async (_, response) => Interlocked.Add(ref bytes, (await response.BodyAsync()).Length);

        await page.GotoAsync($"{_host.Web.BaseAddress}", new() { WaitUntil = WaitUntilState.NetworkIdle });

        bytes.ShouldBeLessThanOrEqualTo(100_000);
    }
}
