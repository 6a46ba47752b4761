using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monarch.Bridge.Pages.Frame;
using Monarch.Hosting.Processes;

namespace Monarch.Bridge.Pages.Processes;

/// <summary>The running processes.</summary>
static class ProcessPages
{
    public static void MapProcessPages(this IEndpointRouteBuilder pages) => pages.MapGet("/system", ShowAsync);

    static async Task<IResult> ShowAsync(ProcessDirectory processes, CancellationToken cancellationToken) =>
        Page.Of<SystemPage>(await processes.ListAsync(cancellationToken));
}
