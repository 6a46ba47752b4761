using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monarch.Bridge.Pages.Frame;
using Monarch.Bridge.Pages.Migrations;
using Monarch.Hosting.Http;

namespace Monarch.Bridge.Pages.Failures;

/// <summary>Everything that failed, by cause.</summary>
static class FailurePages
{
    public const string Address = "/failures";

    public static void MapFailurePages(this IEndpointRouteBuilder pages) => pages.MapGet(Address, ShowAsync);

    static async Task<IResult> ShowAsync(HttpContext http, FailureList failures, CancellationToken cancellationToken, string? q = null)
    {
        var text = (q ?? "").Trim();
        var model = await failures.FindAsync(
            text.Length > MigrationFilter.MaxTextLength ? text[..MigrationFilter.MaxTextLength] : text,
            cancellationToken
        );
        return Page.Of<FailuresPage>(model with { MayOperate = http.Features.Get<Caller>()?.MayOperate == true });
    }
}
