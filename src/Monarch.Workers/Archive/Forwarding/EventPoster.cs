using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using Monarch.Hosting.Telemetry;
using Monarch.Workers.Archive.Events;
using Monarch.Workers.Archive.Settings;
using Monarch.Workers.Http;

namespace Monarch.Workers.Archive.Forwarding;

/// <summary>Posts an event once.</summary>
sealed class EventPoster(HttpClient http, IOptions<ArchiveOptions> options, TimeProvider time)
{
    static readonly MediaTypeHeaderValue ContentType = new("application/cloudevents+json", "utf-8");

    /// <summary>Posts an event.</summary>
    /// <param name="published">The event.</param>
    /// <param name="cancellationToken">Cancels the call; the receiver may still have received the event.</param>
    /// <returns>The receiver's answer, or why there is none.</returns>
    public async Task<ForwardAnswer> PostAsync(PublishedEvent published, CancellationToken cancellationToken)
    {
        // Created for each attempt, so that only the body stays in memory while the receiver is unavailable.
        var body = ForwardedEvent.Of(published);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.ForwardUrl) { Content = new ReadOnlyMemoryContent(body) };
        // The path is often a secret of the receiver.
        request.HidePath();
        request.Content.Headers.ContentType = ContentType;
        if (options.Value.ForwardSecret is { } secret)
        {
            EventSignature.Sign(request, secret, body.Span, time.GetUtcNow());
        }

        var longest = TimeSpan.FromSeconds(options.Value.ForwardTimeoutSeconds);
        using var limit = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return Read(response, time.GetUtcNow());
        }
        catch (HttpRequestException e)
        {
            return new(
                ForwardOutcome.Retried,
                e.HttpRequestError == HttpRequestError.Unknown ? "the connection was lost" : $"{e.HttpRequestError}"
            );
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(ForwardOutcome.Retried, $"no answer within {longest.TotalSeconds} s");
        }
    }

    static ForwardAnswer Read(HttpResponseMessage response, DateTimeOffset now)
    {
        var reason = $"HTTP {(int)response.StatusCode}";
        return response.StatusCode switch
        {
            _ when response.IsSuccessStatusCode => new(ForwardOutcome.Delivered),
            HttpStatusCode.BadRequest
            or HttpStatusCode.Gone
            or HttpStatusCode.RequestEntityTooLarge
            or HttpStatusCode.UnsupportedMediaType
            or HttpStatusCode.UnprocessableEntity => new(ForwardOutcome.Refused, reason),
            HttpStatusCode.RequestTimeout
            or (HttpStatusCode)425
            or HttpStatusCode.TooManyRequests
            or >= HttpStatusCode.InternalServerError => new(ForwardOutcome.Retried, reason, RetryAfter.Read(response.Headers, now) - now),
            // Includes redirects, which are not followed, so that events go only to the configured address.
            _ => new(ForwardOutcome.Retried, reason, RetryAfter.Read(response.Headers, now) - now, IsMisconfigured: true),
        };
    }
}
