using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Monarch.Tests.Http;

static class StubAnswers
{
    /// <summary>Answers with a status, a JSON body and headers (<c>"Name: value"</c>).</summary>
    public static Task AnswerAsync(this HttpContext context, int status, string body, params string[] headers) =>
        context.AnswerAsync(status, Encoding.UTF8.GetBytes(body), headers);

    public static async Task AnswerAsync(this HttpContext context, int status, byte[] body, params string[] headers)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.Date = FixedTime.Now.ToString("R");
        foreach (var header in headers)
        {
            var (name, value) = (header.Split(": ", 2)[0], header.Split(": ", 2)[1]);
            context.Response.Headers[name] = name is "Date" or "Content-Type"
                ? value
                : StringValues.Concat(context.Response.Headers[name], value);
        }
        await context.Response.Body.WriteAsync(body);
    }

    /// <summary>Sends less than announced, then aborts the connection.</summary>
    public static async Task CutInTheBodyAsync(this HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentLength = 1_000;
        await context.Response.Body.WriteAsync("{\"id\":"u8.ToArray());
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    /// <summary>Sends less than announced and keeps the connection open until the client closes it.</summary>
    public static async Task StallInTheBodyAsync(this HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = 1_000;
        await context.Response.Body.WriteAsync("{\"id\":"u8.ToArray());
        await context.Response.Body.FlushAsync();
        await context.HangAsync();
    }

    /// <summary>Never answers; ends when the client closes the connection.</summary>
    public static async Task HangAsync(this HttpContext context)
    {
        var closed = new TaskCompletionSource();
        await using var _ = context.RequestAborted.Register(() => closed.TrySetResult());
        await closed.Task;
    }
}
