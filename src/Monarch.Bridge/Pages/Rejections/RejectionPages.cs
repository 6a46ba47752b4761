using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monarch.Bridge.Intake;
using Monarch.Bridge.Pages.Frame;

namespace Monarch.Bridge.Pages.Rejections;

/// <summary>The requests that were refused.</summary>
static class RejectionPages
{
    const int MaxShown = 50;

    public static void MapRejectionPages(this IEndpointRouteBuilder pages) => pages.MapGet("/rejected", ShowAsync);

    static async Task<IResult> ShowAsync(IRejectionStore store, CancellationToken cancellationToken) =>
        Page.Of<RejectionsPage>(await store.GetNewestAsync(MaxShown, cancellationToken));
}
