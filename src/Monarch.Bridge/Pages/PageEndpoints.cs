using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge.Api;
using Monarch.Bridge.Pages.Access;
using Monarch.Bridge.Pages.Budget;
using Monarch.Bridge.Pages.Errors;
using Monarch.Bridge.Pages.Failures;
using Monarch.Bridge.Pages.Frame;
using Monarch.Bridge.Pages.Migrations;
using Monarch.Bridge.Pages.Parts;
using Monarch.Bridge.Pages.Processes;
using Monarch.Bridge.Pages.Rejections;
using Monarch.Bridge.Pages.Requests;
using Monarch.Hosting.Http;

namespace Monarch.Bridge.Pages;

/// <summary>The pages for people.</summary>
static class PageEndpoints
{
    public static void AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "monarch-form";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddSingleton<GitHubLinks>();
        services.AddSingleton<MigrationSearch>();
        services.AddSingleton<FailureList>();
        // The first that can write a problem does: the others would answer a browser with JSON.
        services.Insert(0, ServiceDescriptor.Singleton<IProblemDetailsWriter, ErrorPageWriter>());
    }

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes
            .MapGroup("")
            .ExcludeFromDescription()
            .AsPages()
            .AddEndpointFilter<RedisOutageFilter>()
            .AddEndpointFilter<FormFilter>()
            .AddEndpointFilter(NoStoreAsync);
        pages.MapMigrationPages();
        pages.MapRequestPages();
        pages.MapFailurePages();
        pages.MapRejectionPages();
        pages.MapBudgetPages();
        pages.MapProcessPages();
        pages.MapAccess();
        routes.MapGroup("").ExcludeFromDescription().MapAssets();
    }

    // Pages contain anti-forgery tokens, and the same address answers with a page or a part of it.
    static ValueTask<object?> NoStoreAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-cache, no-store";
        context.HttpContext.Response.Headers.Vary = "HX-Request, Cookie";
        return next(context);
    }
}
