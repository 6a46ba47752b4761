using Microsoft.AspNetCore.Http;

namespace Monarch.Sandbox.Http;

/// <summary>Sends answers, or loses them as a network would.</summary>
static class Delivery
{
    public static async Task AnswerAsync(HttpContext context, Answer answer)
    {
        Begin(context, answer);
        if (answer.Body.Length > 0)
        {
            await context.Response.BodyWriter.WriteAsync(answer.Body, context.RequestAborted);
        }
    }

    public static async Task CutBodyAsync(HttpContext context, Answer answer)
    {
        Begin(context, answer);
        await context.Response.BodyWriter.WriteAsync(answer.Body.AsMemory(0, answer.Body.Length / 2), context.RequestAborted);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    /// <summary>Holds the connection until the client disconnects or the sandbox stops.</summary>
    public static async Task HangAsync(HttpContext context, TimeProvider time, CancellationToken stopping)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, linked.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    static void Begin(HttpContext context, Answer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        if (answer.Status == StatusCodes.Status304NotModified)
        {
            return;
        }

        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
    }
}
