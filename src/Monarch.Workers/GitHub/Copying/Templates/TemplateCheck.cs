namespace Monarch.Workers.GitHub.Copying.Templates;

/// <summary>
/// Checks a template before it is compiled. It accepts the part of Handlebars that an issue needs: fields, <c>if</c>, <c>unless</c>,
/// <c>each labels</c>, <c>else</c> and comments. The library accepts more, gives no place for most errors, and finds an unknown field only
/// when an issue is rendered.
/// </summary>
sealed class TemplateCheck
{
    // The compiler is recursive.
    const int MaxDepth = 20;

    static readonly string[] LoopNames = ["this", ".", "@index", "@first", "@last"];

    readonly string _text;
    readonly int _end;
    readonly List<TemplateFault> _faults;
    readonly Stack<Block> _blocks = new();

    TemplateCheck(string text, int end, List<TemplateFault> faults) => (_text, _end, _faults) = (text, end, faults);

    /// <param name="text">The text of the file.</param>
    /// <param name="part">The template in it.</param>
    /// <param name="faults">Receives what is wrong.</param>
    public static void Run(string text, Range part, List<TemplateFault> faults) =>
        new TemplateCheck(text, part.End.Value, faults).Run(part.Start.Value);

    bool IsInLoop => _blocks.Any(block => block is { Name: "each", HasElse: false });

    void Run(int start)
    {
        var at = start;
        while (at < _end)
        {
            at += _text[at] switch
            {
                '\\' => CountEscaped(at),
                '$' => CheckDollar(at),
                '{' when Has(at, "{{") => CheckTag(at),
                _ => 1,
            };
        }

        foreach (var block in _blocks.Reverse())
        {
            Add(block.Start, $"{{{{#{block.Name}}}}} is not closed", $"Add {{{{/{block.Name}}}}} where it ends.");
        }
    }

    /// <summary>As the library reads it: <c>\{{</c> is the text <c>{{</c>, and <c>\\{{</c> a backslash before a tag.</summary>
    int CountEscaped(int at) =>
        Has(at, @"\\") ? 2
        : Has(at, @"\{{") ? 3
        : 1;

    /// <summary>The templates of the first Monarch had a dollar sign before each field; it would be part of every copy.</summary>
    int CheckDollar(int at)
    {
        if (Has(at, "${{"))
        {
            Add(at, "a $ precedes {{, and would be part of every copy", "Remove it, or write &#36; for a dollar sign.");
        }
        else if (IssueTemplateFields.Original.FirstOrDefault(field => Has(at, $"${{{field}}}")) is { } old)
        {
            Add(at, $"${{{old}}} would be copied as it is", $"Write {{{{{old}}}}} for the field, or &#36;{{{old}}} for this text.");
        }

        return 1;
    }

    /// <returns>The length of the tag, or of its opening braces when it is malformed.</returns>
    int CheckTag(int start)
    {
        var opening = CountBraces(start, '{');
        var inner = start + opening;
        if (opening > 3)
        {
            Add(start, $"there are {opening} braces", @"Write {{field}}, or \{{ for the text {{.");
            return opening;
        }

        var isComment = opening == 2 && inner < _end && _text[inner] == '!';
        var close = Has(inner, "!--") && isComment ? IndexOf("--}", inner + 3, 2) : IndexOf("}", inner, 0);
        if (close < 0 || (!isComment && _text.AsSpan(inner, close - inner).Contains('{')))
        {
            Add(start, $"'{Shown(start, _end)}' is not closed", $"Close it with {new string('}', opening)}.");
            return opening;
        }

        var closing = CountBraces(close, '}');
        var tag = Shown(start, close + closing);
        if (closing != opening)
        {
            Add(start, $"{tag} has {opening} opening and {closing} closing braces", "Write the same number of both.");
        }
        else if (!isComment)
        {
            CheckContent(start, tag, _text[inner..close], isPlain: opening == 3);
        }

        return close + closing - start;
    }

    void CheckContent(int start, string tag, string content, bool isPlain)
    {
        content = (isPlain ? content : Unstripped(content)).Trim();
        switch (isPlain || content.Length == 0 ? ' ' : content[0])
        {
            case '#':
                Open(start, tag, Words(content[1..]));
                break;
            case '/':
                Close(start, tag, Words(content[1..]));
                break;
            case '>':
                Add(start, $"{tag} includes another template", "Write its text in this file.");
                break;
            default:
                CheckValue(start, tag, content, isPlain);
                break;
        }
    }

    void CheckValue(int start, string tag, string content, bool isPlain)
    {
        var words = Words(content);
        if (words is ["else", ..] && !isPlain)
        {
            Else(start, tag, words);
        }
        else if (words.Length > 1)
        {
            Add(start, $"{tag} calls a helper", "There are none. Write one field in each tag.");
        }
        else
        {
            CheckField(start, tag, content);
        }
    }

    void CheckField(int start, string tag, string name)
    {
        if (!IsInLoop && !IssueTemplateFields.All.Contains(name))
        {
            Add(start, $"{tag} has no known field", $"The fields are {string.Join(", ", IssueTemplateFields.All)}.");
        }
        else if (IsInLoop && !LoopNames.Contains(name) && !IsOuterField(name))
        {
            Add(
                start,
                $"{tag} is not known within {{{{#each {IssueTemplateFields.Labels}}}}}",
                $"Write {{{{this}}}} for the label, @index, @first or @last, or a field as {{{{../title}}}}; the fields are "
                    + $"{string.Join(", ", IssueTemplateFields.All)}."
            );
        }
    }

    void Open(int start, string tag, string[] words)
    {
        if (words is ["if" or "unless", var field])
        {
            CheckField(start, tag, field);
        }
        else if (words is not ["each", IssueTemplateFields.Labels] || IsInLoop)
        {
            Add(
                start,
                $"{tag} is not a block of this template",
                $"Use {{{{#if field}}}}, {{{{#unless field}}}}, or {{{{#each {IssueTemplateFields.Labels}}}}} once around its tags."
            );
        }

        _blocks.Push(new(words.FirstOrDefault() ?? "", start));
        CheckDepth(start);
    }

    void Else(int start, string tag, string[] words)
    {
        if (!_blocks.TryPeek(out var block))
        {
            Add(start, $"{tag} is in no block", "Write {{#if field}} before it.");
            return;
        }

        if (block.HasElse)
        {
            Add(start, $"{tag} follows the {{{{else}}}} of the same block", "A block has one {{else}}, as its last part.");
        }

        if (words is [_, "if", var field] && block.Name != "each")
        {
            CheckField(start, tag, field);
            block.Levels++;
            CheckDepth(start);
        }
        else if (words.Length > 1)
        {
            Add(start, $"{tag} is no alternative of {{{{#{block.Name}}}}}", "Use {{else}}, or after {{#if field}} also {{else if field}}.");
        }
        else
        {
            block.HasElse = true;
        }
    }

    void Close(int start, string tag, string[] words)
    {
        if (!_blocks.TryPop(out var block))
        {
            Add(start, $"{tag} closes no block", "Remove it, or write the opening tag before it.");
        }
        else if (words is not [var name] || name != block.Name)
        {
            Add(
                start,
                $"{tag} does not close {{{{#{block.Name}}}}} of {TemplateFault.Place(_text, block.Start)}",
                $"Close that with {{{{/{block.Name}}}}} first."
            );
        }
    }

    void CheckDepth(int start)
    {
        if (_blocks.Sum(block => block.Levels) == MaxDepth + 1)
        {
            Add(start, $"more than {MaxDepth} blocks contain each other", "Use fewer.");
        }
    }

    static bool IsOuterField(string name) =>
        name.StartsWith("../", StringComparison.Ordinal) && IssueTemplateFields.All.Contains(name["../".Length..]);

    /// <summary>Without the signs that remove the white space around a tag.</summary>
    static string Unstripped(string content)
    {
        content = content.StartsWith('~') ? content[1..] : content;
        return content.EndsWith('~') ? content[..^1] : content;
    }

    int CountBraces(int start, char brace)
    {
        var end = start;
        while (end < _end && _text[end] == brace)
        {
            end++;
        }

        return end - start;
    }

    bool Has(int at, string text) => at + text.Length <= _end && string.CompareOrdinal(_text, at, text, 0, text.Length) == 0;

    /// <returns>The place <paramref name="skip"/> characters into the next <paramref name="text"/>, or -1.</returns>
    int IndexOf(string text, int start, int skip)
    {
        var found = start > _end ? -1 : _text.AsSpan(start, _end - start).IndexOf(text);
        return found < 0 ? -1 : start + found + skip;
    }

    static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    string Shown(int start, int end) => TemplateFault.Shown(_text[start..end]);

    void Add(int offset, string problem, string remedy) => _faults.Add(new(offset, problem, remedy));

    sealed class Block(string name, int start)
    {
        public string Name => name;

        public int Start => start;

        public bool HasElse { get; set; }

        /// <summary>How many blocks the compiler makes of it: each <c>else if</c> is one more.</summary>
        public int Levels { get; set; } = 1;
    }
}
