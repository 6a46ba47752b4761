using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Bridge.Api;
using Monarch.Bridge.Pages.Access;
using Monarch.Bridge.Pages.Errors;
using Monarch.Bridge.Pages.Frame;
using Monarch.Bridge.Pages.Migrations;
using Monarch.Bridge.Pages.Parts;
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
            .AddEndpointFilter(NoCacheAsync);
        pages.MapMigrationPages();
        pages.MapAccess();
        routes.MapGroup("").ExcludeFromDescription().MapAssets();
    }

    // The same address answers with a page or a part of it, and with what a reader may see.
    static ValueTask<object?> NoCacheAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-cache, private";
        context.HttpContext.Response.Headers.Vary = "HX-Request, Cookie";
        return next(context);
    }
}
