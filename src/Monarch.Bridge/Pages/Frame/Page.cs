using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Monarch.Bridge.Pages.Frame;

/// <summary>Renders pages.</summary>
static class Page
{
    /// <param name="model">What the page shows: its parameter <c>Model</c>.</param>
    /// <param name="status">The status of the response.</param>
    public static RazorComponentResult<TPage> Of<TPage>(object model, int status = StatusCodes.Status200OK)
        where TPage : IComponent =>
        new(new Dictionary<string, object?> { ["Model"] = model }) { StatusCode = status, PreventStreamingRendering = true };
}
