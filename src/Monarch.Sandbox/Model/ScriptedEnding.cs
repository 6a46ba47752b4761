using System.Text.Json.Serialization;

namespace Monarch.Sandbox.Model;

/// <summary>How a scripted request ends.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ScriptedEnding>))]
public enum ScriptedEnding
{
    /// <summary>With the scripted status, headers and body.</summary>
    Answer = 0,

    /// <summary>The connection is closed without an answer.</summary>
    Cut = 1,

    /// <summary>The connection is closed in the middle of the answer's body.</summary>
    CutBody = 2,

    /// <summary>No answer is sent.</summary>
    Hang = 3,

    /// <summary>With the regular answer: only the delay is scripted. Requires <see cref="ScriptedAnswer.CarryOut"/>.</summary>
    Genuine = 4,
}
