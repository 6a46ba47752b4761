using System.Diagnostics;
using Monarch.Contracts;
using Monarch.Redis.Sagas;
using OpenTelemetry;

namespace Monarch.Hosting.Telemetry;

/// <summary>Tags every span of a message's handling with the tags of the message.</summary>
sealed class TagProcessor : BaseProcessor<Activity>
{
    public override void OnStart(Activity data)
    {
        if (MessageTrace.Current is not { } trace)
        {
            return;
        }

        foreach (var (name, value) in trace.Tags)
        {
            data.SetTag(name, value);
        }

        if (data.Parent?.GetTagItem(TraceTags.Issue) is { } number)
        {
            data.SetTag(TraceTags.Issue, number);
        }
    }
}
