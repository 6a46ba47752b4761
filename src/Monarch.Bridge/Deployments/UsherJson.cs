using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Monarch.Contracts.Deployments;

namespace Monarch.Bridge.Deployments;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(QueuedMessage))]
[JsonSerializable(typeof(List<QueuedMessage>))]
[JsonSerializable(typeof(RemovedMessages))]
[JsonSerializable(typeof(TrackerAnswer))]
[JsonSerializable(typeof(ServerProgressed))]
[JsonSerializable(typeof(ServerList))]
[JsonSerializable(typeof(DeploymentList))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(List<string>))]
sealed partial class UsherJson : JsonSerializerContext;
