using System.Text.Json;
using System.Text.Json.Serialization;

namespace Monarch.Hosting.Bus;

/// <summary>Messages as people can read them in a queue: one line, enums by name, nothing where there is nothing.</summary>
static class MessageJson
{
    // MassTransit's options are static: what a second bus in the process is given has been through here already.
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.WriteIndented = false;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        if (!options.Converters.OfType<JsonStringEnumConverter>().Any())
            options.Converters.Add(new JsonStringEnumConverter());
        return options;
    }
}
