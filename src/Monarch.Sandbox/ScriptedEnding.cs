using System.Text.Json.Serialization;

namespace Monarch.Sandbox;

/// <summary>How a scripted request ends.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ScriptedEnding>))]
public enum ScriptedEnding
{
    /// <summary>With the scripted status, headers and body.</summary>
    Answer = 0,

    /// <summary>The connection is cut without an answer.</summary>
    Cut = 1,

    /// <summary>In the middle of the answer's body the connection is cut.</summary>
    CutBody = 2,

    /// <summary>No answer ever comes.</summary>
    Hang = 3,

    /// <summary>With the answer that it would have had: only the delay was scripted. Needs <see cref="ScriptedAnswer.CarryOut"/>.</summary>
    Genuine = 4,
}
