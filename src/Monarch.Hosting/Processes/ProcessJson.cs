using System.Text.Json.Serialization;

namespace Monarch.Hosting.Processes;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProcessState))]
sealed partial class ProcessJson : JsonSerializerContext;
