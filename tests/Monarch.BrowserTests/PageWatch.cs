using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Monarch.BrowserTests;

/// <summary>Records what a browser complains about, and every request to another host.</summary>
sealed class PageWatch
{
    readonly ConcurrentQueue<string> _complaints = [];

    PageWatch() { }

    public IReadOnlyCollection<string> Complaints => _complaints;

    public static PageWatch Of(IPage page)
    {
        var watch = new PageWatch();
        // A violation of the Content-Security-Policy is an error in the console.
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !message.Text.Contains("status of 4", StringComparison.Ordinal))
            {
                watch._complaints.Enqueue($"{page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, error) => watch._complaints.Enqueue($"{page.Url}: {error}");
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https" } address && !address.IsLoopback)
            {
                watch._complaints.Enqueue($"{page.Url} requests {request.Url}");
            }
        };
        return watch;
    }
}
