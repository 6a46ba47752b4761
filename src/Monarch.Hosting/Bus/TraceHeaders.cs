using System.Diagnostics;
using MassTransit;
using Monarch.Redis.Sagas;

namespace Monarch.Hosting.Bus;

/// <summary>The trace of a message, in the headers of W3C Trace Context and Baggage.</summary>
static class TraceHeaders
{
    const string Baggage = "baggage";
    const string OwnTags = "monarch.";
    const int LongestBaggage = 2048;

    public static void Write(SendContext context)
    {
        var trace = MessageTrace.Current;
        if ((trace?.Parent ?? (Activity.Current is { IdFormat: ActivityIdFormat.W3C } span ? span.Id : null)) is not { } parent)
        {
            return;
        }

        context.Headers.Set(TraceParent.Header, parent);
        if (trace is { Tags.Count: > 0 })
        {
            context.Headers.Set(Baggage, string.Join(',', trace.Tags.Select(tag => $"{tag.Key}={Uri.EscapeDataString(tag.Value)}")));
        }
    }

    public static (string? Parent, IReadOnlyDictionary<string, string> Tags) Read(Headers headers)
    {
        var parent = headers.TryGetHeader(TraceParent.Header, out var text) && TraceParent.Of(text) != default ? (string)text : null;
        var tags = new Dictionary<string, string>();
        if (parent is not null && headers.TryGetHeader(Baggage, out var baggage) && baggage is string { Length: <= LongestBaggage } list)
        {
            foreach (var tag in list.Split(','))
            {
                if (tag.Split('=', 2) is [var name, var value] && name.StartsWith(OwnTags, StringComparison.Ordinal))
                {
                    tags[name] = Uri.UnescapeDataString(value);
                }
            }
        }

        return (parent, tags);
    }
}
