namespace Monarch.Redis;

/// <summary>An entry of a stream.</summary>
/// <param name="Id">Redis' id of it: <c>1526919030474-55</c>.</param>
/// <param name="Fields">Its fields, whoever wrote them; of several with the same name the last counts.</param>
public sealed record WorkItem(string Id, IReadOnlyDictionary<string, string> Fields);
