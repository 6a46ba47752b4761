using System.Text.Json.Serialization;

namespace Monarch.Bridge.Intake;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ForeignRequest))]
sealed partial class RequestJson : JsonSerializerContext;
