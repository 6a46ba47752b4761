namespace Monarch.Sandbox.Http;

/// <summary>A complete answer, before it is sent or lost.</summary>
sealed class Answer(int status, byte[] body, string contentType)
{
    readonly List<KeyValuePair<string, string>> _headers = [];

    public int Status { get; } = status;
    public byte[] Body { get; } = body;
    public string ContentType { get; private set; } = contentType;
    public IReadOnlyList<KeyValuePair<string, string>> Headers => _headers;

    public Answer With(string name, string value)
    {
        if (string.Equals(name, "Content-Type", StringComparison.OrdinalIgnoreCase))
        {
            ContentType = value;
        }
        else
        {
            _headers.Add(new KeyValuePair<string, string>(name, value));
        }

        return this;
    }
}
