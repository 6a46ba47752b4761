using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Monarch.Bridge.Pages.Frame;
using Monarch.Hosting.Http;

namespace Monarch.Bridge.Pages.Errors;

/// <summary>Answers browsers with a page where programs receive problem details.</summary>
sealed class ErrorPageWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => context.HttpContext.Request.WantsPage();

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (http, problem) = (context.HttpContext, context.ProblemDetails);
        var status = problem.Status ?? http.Response.StatusCode;
        var (title, detail) = Words(status);
        // Without a detail of its own a problem has the general title of its status.
        var isOwn = problem.Detail is not null;
        var model = new ErrorModel(
            status,
            isOwn && problem.Title is { } own && own != DefaultTitle(status) ? own.TrimEnd('.') : title,
            problem.Detail ?? detail,
            Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier,
            http.Request.Path
        );
        await Page.Of<ErrorPage>(model, status).ExecuteAsync(http);
    }

    static string? DefaultTitle(int status) => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status);

    static (string Title, string Detail) Words(int status) =>
        status switch
        {
            StatusCodes.Status400BadRequest => (
                "The request cannot be read",
                "Nothing was changed. Go back, reload the page and try again."
            ),
            StatusCodes.Status401Unauthorized => (
                "You are not signed in",
                "Sign in with a key of this Monarch, then open the address again."
            ),
            StatusCodes.Status403Forbidden => ("This is not allowed", "Your key does not permit this. Nothing was changed."),
            StatusCodes.Status404NotFound => (
                "There is no such page",
                "The address is not complete, or belongs to another version of Monarch."
            ),
            StatusCodes.Status405MethodNotAllowed => ("This address is that of a form", "Open the page that contains the form."),
            StatusCodes.Status409Conflict => ("This is not possible now", "The state has changed meanwhile. Nothing was changed."),
            StatusCodes.Status413PayloadTooLarge => ("The form is too large", "It has more than 1 MiB. Nothing was changed."),
            StatusCodes.Status503ServiceUnavailable => (
                "Monarch is waiting for Redis",
                "Running migrations continue when it is back. Reload the page in a moment."
            ),
            >= StatusCodes.Status500InternalServerError => (
                "Something went wrong",
                "This is a bug in Monarch. It is in the log; name the request below when you report it."
            ),
            _ => ("The request was refused", "Nothing was changed."),
        };
}
