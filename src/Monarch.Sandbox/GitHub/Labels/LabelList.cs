namespace Monarch.Sandbox.GitHub.Labels;

/// <summary>The labels of a repository, in order of creation. Their names compare case-insensitively. Thread-safe.</summary>
sealed class LabelList
{
    readonly Lock _lock = new();
    readonly List<Label> _labels = [];
    readonly Dictionary<string, Label> _byName = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<Label> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _labels];
            }
        }
    }

    public Label? Find(string name)
    {
        lock (_lock)
        {
            return _byName.GetValueOrDefault(name);
        }
    }

    /// <summary>Adds a label; false: its name exists.</summary>
    public bool Add(Label label)
    {
        lock (_lock)
        {
            if (!_byName.TryAdd(label.Name, label))
            {
                return false;
            }

            _labels.Add(label);
            return true;
        }
    }

    /// <summary>The names as the labels have them, each once. Labels that do not exist are created in grey.</summary>
    public IReadOnlyList<string> Resolve(IEnumerable<string> names, DateTimeOffset now)
    {
        List<string> resolved = [];
        foreach (var name in names)
        {
            Add(new(name, Label.Grey, null, now));
            if (Find(name) is { } label && !resolved.Contains(label.Name))
            {
                resolved.Add(label.Name);
            }
        }

        return resolved;
    }
}

/// <summary>A label.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Color">Its colour: six hexadecimal digits.</param>
/// <param name="Description">Its description; null: none.</param>
/// <param name="InsertedAt">When it was added to the sandbox: listings lag behind this time.</param>
sealed record Label(string Name, string Color, string? Description, DateTimeOffset InsertedAt)
{
    /// <summary>The colour of a label without one.</summary>
    public const string Grey = "ededed";
}
