using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Monarch.Tests.Bridge;
using Shouldly;
using Xunit;

namespace Monarch.BrowserTests;

public sealed class Opening_every_page(Chromium chromium) : IAsyncLifetime
{
    static readonly AxeRunOptions All = new() { ResultTypes = [ResultType.Violations] };

    // Themes differ in their colours alone.
    static readonly AxeRunOptions Colours = new()
    {
        RunOnly = new() { Type = "rule", Values = ["color-contrast", "link-in-text-block"] },
        ResultTypes = [ResultType.Violations],
    };

    BridgeHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SeededHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Should_be_accessible_and_break_no_rule_of_the_browser()
    {
        await using var empty = await BridgeHost.AloneAsync(("MONARCH_API_KEY", "open-sesame"));
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        var findings = new List<string>();
        foreach (var (name, address) in SeededHost.Kinds)
        {
            findings.AddRange(await CheckAsync(page, name, new(_host.Web.BaseAddress!, address)));
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "All migrations" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "New migration" }).ClickAsync();
        await page.GetByLabel("Template repository").FillAsync("nonsense");
        await page.GetByLabel("Target repositories").FillAsync("no name\nnone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start migration" }).ClickAsync();
        findings.AddRange(await CheckAsync(page, "new-with-errors"));
        findings.AddRange(await CheckAsync(page, "sign-in", empty.Web.BaseAddress!));
        await page.GetByLabel("Key").FillAsync("open-sesame");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        findings.AddRange(await CheckAsync(page, "empty"));

        findings.ShouldBeEmpty();
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
        var watch = PageWatch.Of(page);

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

    static async Task<IEnumerable<string>> CheckAsync(IPage page, string name, Uri? address = null)
    {
        var watch = PageWatch.Of(page);
        if (address is not null)
        {
            await page.GotoAsync($"{address}");
        }

        await page.EvaluateAsync(
            "document.querySelectorAll('details').forEach(details => { details.removeAttribute('name'); details.open = true; })"
        );
        var violations = new List<AxeResultItem>();
        foreach (var (theme, rules) in new[] { (ColorScheme.Light, All), (ColorScheme.Dark, Colours) })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = theme });
            violations.AddRange((await page.RunAxe(rules)).Violations);
        }

        return watch
            .Complaints.Concat(
                violations.Select(violation =>
                    $"{violation.Id}: {violation.Help}: {string.Join(' ', violation.Nodes.Select(node => node.Html))}"
                )
            )
            .Select(finding => $"{name}: {finding}");
    }
}
