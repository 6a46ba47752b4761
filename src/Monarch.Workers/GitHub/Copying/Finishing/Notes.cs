using Monarch.Contracts.Migrations;

namespace Monarch.Workers.GitHub.Copying.Finishing;

/// <summary>Collects the notes on one issue; several on one field become one.</summary>
sealed class Notes(int number)
{
    readonly Dictionary<string, IssueNote> _notes = [];

    public IReadOnlyList<IssueNote> All => [.. _notes.Values];

    public void AddAll(IEnumerable<IssueNote> notes)
    {
        foreach (var note in notes)
        {
            _notes[note.Field] = note;
        }
    }

    public void Add(NoteKind kind, string field, string message) =>
        _notes[field] = new()
        {
            Number = number,
            Kind = kind,
            Field = field,
            Message = _notes.TryGetValue(field, out var earlier) ? $"{earlier.Message} {message}" : message,
        };
}
