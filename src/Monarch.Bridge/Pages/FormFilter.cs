using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace Monarch.Bridge.Pages;

/// <summary>Accepts forms only from pages of this Bridge: with the token that the page contains.</summary>
sealed class FormFilter(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (!HttpMethods.IsPost(context.HttpContext.Request.Method))
        {
            return await next(context);
        }

        if (!context.HttpContext.Request.HasFormContentType)
        {
            return TypedResults.Problem(statusCode: StatusCodes.Status415UnsupportedMediaType, detail: "Send the page's form.");
        }

        try
        {
            // Read first, so that a form that is too large is reported as such.
            _ = await context.HttpContext.Request.ReadFormAsync(context.HttpContext.RequestAborted);
            await antiforgery.ValidateRequestAsync(context.HttpContext);
        }
        catch (AntiforgeryValidationException)
        {
            return TypedResults.Problem(
                statusCode: StatusCodes.Status400BadRequest,
                title: "The form is too old",
                detail: "Nothing was changed. Since the form was loaded Monarch was restarted, or you signed in or out; or the browser keeps "
                    + "no cookies. Go back, reload the page, and send the form again."
            );
        }
        catch (InvalidDataException)
        {
            return TypedResults.Problem(
                statusCode: StatusCodes.Status400BadRequest,
                detail: "The form cannot be read. Nothing was changed."
            );
        }

        return await next(context);
    }
}
