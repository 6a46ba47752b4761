using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monarch.Bridge.Pages.Frame;
using Monarch.Bridge.Pages.Parts;
using Monarch.Hosting.Http;

namespace Monarch.Bridge.Pages.Access;

/// <summary>Signing in and out.</summary>
static class AccessPages
{
    public static void MapAccess(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(PageRequests.SignInPath, Show).OpenToAll();
        pages.MapPost(PageRequests.SignInPath, SignInAsync).OpenToAll();
        // A cast: a method that takes only the request would be a RequestDelegate, whose result is ignored.
        pages.MapPost("/sign-out", (Delegate)SignOutAsync).OpenToAll();
    }

    static IResult Show(HttpContext http, SignIn signIn)
    {
        var back = LocalAddress(http.Request.Query[PageRequests.ReturnParameter]);
        return signIn.IsRequired && http.Features.Get<Caller>() is null
            ? Page.Of<SignInPage>(new SignInModel(back))
            : TypedResults.LocalRedirect(back);
    }

    static async Task<IResult> SignInAsync(HttpContext http, SignIn signIn, CancellationToken cancellationToken)
    {
        var form = await http.Request.ReadFormAsync(cancellationToken);
        var back = LocalAddress(form["return"]);
        var (isKnown, wait) = await signIn.TryAsync(http, form["key"].ToString(), remember: form["remember"] == "1");
        return isKnown ? TypedResults.LocalRedirect(back)
            : wait is { } left
                ? Page.Of<SignInPage>(
                    new SignInModel(back, $"Too many attempts failed. You can try again {Wording.In(left)}."),
                    StatusCodes.Status429TooManyRequests
                )
            : Page.Of<SignInPage>(
                new SignInModel(back, "This key is not known. Check that you copied all of it."),
                StatusCodes.Status401Unauthorized
            );
    }

    static async Task<IResult> SignOutAsync(HttpContext http)
    {
        await SignIn.EndAsync(http);
        return TypedResults.LocalRedirect(PageRequests.SignInPath);
    }

    // Never to another site: //host and /\host are addresses of other hosts.
    static string LocalAddress(string? address) =>
        address is ['/', ..] && address is not ['/', '/' or '\\', ..] && !address.Any(char.IsControl) ? address : "/";
}
