using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monarch.Bridge.Pages.Frame;
using Monarch.Bridge.Status;

namespace Monarch.Bridge.Pages.Budget;

/// <summary>The credentials, and GitHub's limits for their accounts.</summary>
static class BudgetPages
{
    public static void MapBudgetPages(this IEndpointRouteBuilder pages) => pages.MapGet("/budget", ShowAsync);

    static async Task<IResult> ShowAsync(ICredentialViews views, CancellationToken cancellationToken) =>
        Page.Of<BudgetPage>(new BudgetModel([.. (await views.ListAsync(cancellationToken)).Select(report => report.View)]));
}
