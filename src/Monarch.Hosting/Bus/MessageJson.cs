using System.Text.Json;
using System.Text.Json.Serialization;

namespace Monarch.Hosting.Bus;

/// <summary>Serializes messages as JSON that people can read in a queue: one line, enums by name, no nulls.</summary>
static class MessageJson
{
    // MassTransit's options are static: for a second bus in the process they are already configured.
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.WriteIndented = false;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        if (!options.Converters.OfType<JsonStringEnumConverter>().Any())
        {
            options.Converters.Add(new JsonStringEnumConverter());
        }

        return options;
    }
}
