<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>journal</name>
        <message>
            <source>%</source>
            <translation>%</translation>
        </message>
        <message>
            <source>+ tag</source>
            <translation>+ 标签</translation>
        </message>
        <message>
            <source>+{n} more</source>
            <translation>另有 {n} 个</translation>
        </message>
        <message>
            <source>/ Command</source>
            <translation>/ 命令</translation>
        </message>
        <message>
            <source>1/4 at the end of each.</source>
            <translation>每部分末尾标 1/4。</translation>
        </message>
        <message>
            <source>&gt;7d, 2026-01..2026-03</source>
            <translation>&gt;7d、2026-01..2026-03</translation>
        </message>
        <message>
            <source>A cadence gives a place weekly slots. The queue is dealt into them in order.</source>
            <translation>发布节奏为一个位置安排每周的时段。队列按顺序分配到这些时段。</translation>
        </message>
        <message>
            <source>A command is a small text file: what it gathers, and what a model may word. The folder holds an example and a page that explains every field.</source>
            <translation>命令是一个小文本文件：写明它收集什么，以及模型可以措辞什么。文件夹里有一个示例和一页逐项说明。</translation>
        </message>
        <message>
            <source>A draft that is scheduled for it stands here.</source>
            <translation>排在这一天的草稿列在这里。</translation>
        </message>
        <message>
            <source>A file with this name is there already: choose another.</source>
            <translation>已有同名文件：请换一个名称。</translation>
        </message>
        <message>
            <source>A folder that follows the journal as Markdown files, for git or Syncthing; empty: none.</source>
            <translation>以 Markdown 文件跟随日志的文件夹，供 git 或 Syncthing 使用；留空：不用。</translation>
        </message>
        <message>
            <source>A folder with a model …</source>
            <translation>含模型的文件夹 …</translation>
        </message>
        <message>
            <source>A lesson is what a run taught you, with its runs.</source>
            <translation>经验就是 Run 教给你的东西，连同它的 Run。</translation>
        </message>
        <message>
            <source>A model file or folder can be dropped here.</source>
            <translation>可以把模型文件或文件夹拖到这里。</translation>
        </message>
        <message>
            <source>A model file …</source>
            <translation>模型文件 …</translation>
        </message>
        <message>
            <source>A model is loaded with the first summary and leaves again when it was idle for two minutes. Loading one now shows where it runs.</source>
            <translation>模型随第一份摘要加载，空闲两分钟后卸载。现在加载一个可以看到它在哪里运行。</translation>
        </message>
        <message>
            <source>A name was changed</source>
            <translation>名称有改动</translation>
        </message>
        <message>
            <source>A part of the tag</source>
            <translation>标签的一部分</translation>
        </message>
        <message>
            <source>A place is where posts go: the folder of your site, a git repository, a blog service, a social network. Its keys stay in this computer's keyring.</source>
            <translation>发布位置就是文章的去处：网站文件夹、git 仓库、博客服务、社交网络。其密钥留在本机的密钥环中。</translation>
        </message>
        <message>
            <source>A post goes to a place: the folder of your site, a repository, a service. Add one, then drag drafts onto days.</source>
            <translation>文章发往一个位置：网站文件夹、仓库、服务。先添加一个，再把草稿拖到日期上。</translation>
        </message>
        <message>
            <source>A second folder for every backup, such as one on another disk; empty: none.</source>
            <translation>每次备份的第二个文件夹，例如在另一块磁盘上；留空：不用。</translation>
        </message>
        <message>
            <source>A small model picks the sentences that matter. It runs here, on the NPU where there is one; nothing is sent anywhere.</source>
            <translation>一个小模型挑出要紧的句子。它在本机运行，有 NPU 就用 NPU；不会向外发送任何内容。</translation>
        </message>
        <message>
            <source>A title out of the sentence that carries most.</source>
            <translation>由最关键的一句得出标题。</translation>
        </message>
        <message>
            <source>A verified copy is taken each day on which something changed; the last 14 are kept.</source>
            <translation>有改动的每一天都会生成一份经过校验的副本；保留最近 14 份。</translation>
        </message>
        <message>
            <source>API key</source>
            <translation>API 密钥</translation>
        </message>
        <message>
            <source>About</source>
            <translation>关于</translation>
        </message>
        <message>
            <source>About half of the text: the sentences that carry it, in their order.</source>
            <translation>约一半的文字：支撑全文的句子，按原有顺序。</translation>
        </message>
        <message>
            <source>Access token</source>
            <translation>访问令牌</translation>
        </message>
        <message>
            <source>Acronyms and identifiers of the text with what the journal says they are.</source>
            <translation>文中的缩写和标识符，以及日志对它们的说明。</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>添加</translation>
        </message>
        <message>
            <source>Add a caret above</source>
            <translation>在上方添加光标</translation>
        </message>
        <message>
            <source>Add a caret below</source>
            <translation>在下方添加光标</translation>
        </message>
        <message>
            <source>Add a gate</source>
            <translation>添加关卡</translation>
        </message>
        <message>
            <source>Add a gate …</source>
            <translation>添加关卡 …</translation>
        </message>
        <message>
            <source>Add a place to publish</source>
            <translation>添加发布位置</translation>
        </message>
        <message>
            <source>Add a place to publish…</source>
            <translation>添加发布位置…</translation>
        </message>
        <message>
            <source>Add a place …</source>
            <translation>添加位置 …</translation>
        </message>
        <message>
            <source>Add a tag</source>
            <translation>添加标签</translation>
        </message>
        <message>
            <source>Add a tag to all</source>
            <translation>为全部添加标签</translation>
        </message>
        <message>
            <source>Add a tag…</source>
            <translation>添加标签…</translation>
        </message>
        <message>
            <source>Add the cadence</source>
            <translation>添加节奏</translation>
        </message>
        <message>
            <source>Add these tags</source>
            <translation>添加这些标签</translation>
        </message>
        <message>
            <source>Add “{word}” to the dictionary</source>
            <translation>将“{word}”加入词典</translation>
        </message>
        <message>
            <source>Added {tags}</source>
            <translation>已添加 {tags}</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>地址</translation>
        </message>
        <message>
            <source>Address of pictures</source>
            <translation>图片的地址</translation>
        </message>
        <message>
            <source>Address of the page in</source>
            <translation>页面地址放在</translation>
        </message>
        <message>
            <source>Address to read back</source>
            <translation>回读地址</translation>
        </message>
        <message>
            <source>Admin API key</source>
            <translation>Admin API 密钥</translation>
        </message>
        <message>
            <source>After you changed a file</source>
            <translation>改动文件之后</translation>
        </message>
        <message>
            <source>Again</source>
            <translation>再来一次</translation>
        </message>
        <message>
            <source>Against the one before</source>
            <translation>与前一版比较</translation>
        </message>
        <message>
            <source>Against the text as it is now</source>
            <translation>与当前文字比较</translation>
        </message>
        <message>
            <source>All back to their defaults</source>
            <translation>全部恢复默认</translation>
        </message>
        <message>
            <source>All commands</source>
            <translation>全部命令</translation>
        </message>
        <message>
            <source>All decided. The copy goes to the trash and can be taken back.</source>
            <translation>全部已决定。副本移到回收站，可以取回。</translation>
        </message>
        <message>
            <source>All entries</source>
            <translation>全部条目</translation>
        </message>
        <message>
            <source>All favourites</source>
            <translation>全部收藏</translation>
        </message>
        <message>
            <source>All packs</source>
            <translation>全部模型包</translation>
        </message>
        <message>
            <source>All places</source>
            <translation>所有位置</translation>
        </message>
        <message>
            <source>All tags</source>
            <translation>全部标签</translation>
        </message>
        <message>
            <source>All tags…</source>
            <translation>全部标签…</translation>
        </message>
        <message>
            <source>Allow screen recording for Field Journal in the system's settings.</source>
            <translation>请在系统设置中允许 Field Journal 录制屏幕。</translation>
        </message>
        <message>
            <source>Always ask</source>
            <translation>总是询问</translation>
        </message>
        <message>
            <source>An .ics file that follows the schedule, for calendar programs to read; empty: none.</source>
            <translation>随排期更新的 .ics 文件，供日历程序读取；留空：不生成。</translation>
        </message>
        <message>
            <source>An app token (Micro.blog: Account → App tokens) with the scopes create, update, delete, media.</source>
            <translation>应用令牌（Micro.blog：Account → App tokens），权限为 create、update、delete、media。</translation>
        </message>
        <message>
            <source>An empty journal</source>
            <translation>空白的日志</translation>
        </message>
        <message>
            <source>An entry was changed elsewhere while you wrote: both versions are kept.</source>
            <translation>书写期间有条目在别处被改动：两个版本都已保留。</translation>
        </message>
        <message>
            <source>An eval summarizes held-out notes with and without a writing pack on this device and counts what is lost or wrong. A pack may word summaries only after it passed.</source>
            <translation>评测会在本机用留出的笔记分别在有无写作模型包时生成摘要，并统计丢失和错误之处。模型包只有通过后才能为摘要措辞。</translation>
        </message>
        <message>
            <source>An icon in the system's tray: capture, open, what goes out next.</source>
            <translation>系统托盘中的图标：记录、打开、下一个发布。</translation>
        </message>
        <message>
            <source>Another one, linked later</source>
            <translation>另一个，以后再链接</translation>
        </message>
        <message>
            <source>Another time for “{title}”</source>
            <translation>为“{title}”另选时间</translation>
        </message>
        <message>
            <source>Another time …</source>
            <translation>另选时间 …</translation>
        </message>
        <message>
            <source>Another window publishes.</source>
            <translation>由另一个窗口发布。</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>回答</translation>
        </message>
        <message>
            <source>Answer of a command</source>
            <translation>命令的回答</translation>
        </message>
        <message>
            <source>Answers that failed a check</source>
            <translation>未通过检查的回答</translation>
        </message>
        <message>
            <source>App password</source>
            <translation>应用密码</translation>
        </message>
        <message>
            <source>Appearance</source>
            <translation>外观</translation>
        </message>
        <message>
            <source>Application password</source>
            <translation>应用程序密码</translation>
        </message>
        <message>
            <source>Apply</source>
            <translation>应用</translation>
        </message>
        <message>
            <source>Approve</source>
            <translation>批准</translation>
        </message>
        <message>
            <source>Approve and schedule</source>
            <translation>批准并排期</translation>
        </message>
        <message>
            <source>Approve the new text</source>
            <translation>批准新文本</translation>
        </message>
        <message>
            <source>As a thread</source>
            <translation>作为帖串</translation>
        </message>
        <message>
            <source>As a thread …</source>
            <translation>作为帖串 …</translation>
        </message>
        <message>
            <source>As in you.bsky.social, without @.</source>
            <translation>如 you.bsky.social，不带 @。</translation>
        </message>
        <message>
            <source>As the files show</source>
            <translation>依文件判断</translation>
        </message>
        <message>
            <source>As the files show: {kind}</source>
            <translation>依文件判断：{kind}</translation>
        </message>
        <message>
            <source>As the model wrote it</source>
            <translation>模型的原文</translation>
        </message>
        <message>
            <source>As the setting says: {rule}</source>
            <translation>按设置：{rule}</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>跟随系统</translation>
        </message>
        <message>
            <source>Ask</source>
            <translation>提问</translation>
        </message>
        <message>
            <source>Ask both</source>
            <translation>询问两者</translation>
        </message>
        <message>
            <source>Ask it whether posts can go there</source>
            <translation>询问文章能否发到那里</translation>
        </message>
        <message>
            <source>Ask the journal</source>
            <translation>向日志提问</translation>
        </message>
        <message>
            <source>Ask the journal…</source>
            <translation>向日志提问…</translation>
        </message>
        <message>
            <source>Ask the links of a post whether they answer, before it is approved.</source>
            <translation>批准文章之前，检查其中的链接是否有回应。</translation>
        </message>
        <message>
            <source>Ask what your notes say</source>
            <translation>问问笔记里怎么说</translation>
        </message>
        <message>
            <source>Asked before</source>
            <translation>以前问过</translation>
        </message>
        <message>
            <source>Asked by the gate</source>
            <translation>关卡要求</translation>
        </message>
        <message>
            <source>Asking {name} …</source>
            <translation>正在询问 {name} …</translation>
        </message>
        <message>
            <source>Astro</source>
            <translation>Astro</translation>
        </message>
        <message>
            <source>At a time</source>
            <translation>指定时间</translation>
        </message>
        <message>
            <source>Attach a file</source>
            <translation>附加文件</translation>
        </message>
        <message>
            <source>Attach a file…</source>
            <translation>附加文件…</translation>
        </message>
        <message>
            <source>Attach a screenshot…</source>
            <translation>附加截图…</translation>
        </message>
        <message>
            <source>Attach files</source>
            <translation>附加文件</translation>
        </message>
        <message>
            <source>Attach files…</source>
            <translation>附加文件…</translation>
        </message>
        <message>
            <source>Attached file: {path}</source>
            <translation>附件：{path}</translation>
        </message>
        <message>
            <source>Attachments</source>
            <translation>附件</translation>
        </message>
        <message>
            <source>Author</source>
            <translation>作者</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation type="vanished">自动</translation>
        </message>
        <message>
            <source>Automatic (NPU, GPU, CPU)</source>
            <translation>自动（NPU、GPU、CPU）</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>返回</translation>
        </message>
        <message>
            <source>Back at {when}</source>
            <translation>已恢复到 {when}</translation>
        </message>
        <message>
            <source>Back to the default: {name}</source>
            <translation>恢复默认：{name}</translation>
        </message>
        <message>
            <source>Back up</source>
            <translation>备份</translation>
        </message>
        <message>
            <source>Back up now</source>
            <translation>立即备份</translation>
        </message>
        <message>
            <source>Backed up to {path}</source>
            <translation>已备份到 {path}</translation>
        </message>
        <message>
            <source>Backed up {when}</source>
            <translation>已备份 {when}</translation>
        </message>
        <message>
            <source>Backups</source>
            <translation>备份</translation>
        </message>
        <message>
            <source>Begin</source>
            <translation>开头</translation>
        </message>
        <message>
            <source>Bind `journal capture --window` to a key in your desktop's settings.</source>
            <translation>在桌面设置中把 `journal capture --window` 绑定到一个按键。</translation>
        </message>
        <message>
            <source>Bind `{command}` to a key in its settings.</source>
            <translation>在其设置中把 `{command}` 绑定到一个按键。</translation>
        </message>
        <message>
            <source>Bind one in your desktop.</source>
            <translation>请在桌面设置中绑定一个按键。</translation>
        </message>
        <message>
            <source>Bind this command to a key in your desktop's settings: {command}</source>
            <translation>在桌面设置中把此命令绑定到一个按键：{command}</translation>
        </message>
        <message>
            <source>Blog</source>
            <translation>博客</translation>
        </message>
        <message>
            <source>Bluesky</source>
            <translation>Bluesky</translation>
        </message>
        <message>
            <source>Bluesky's apps go on showing the first text; other readers see the new one.</source>
            <translation>Bluesky 的应用会继续显示最初的文字；其他读者看到新的。</translation>
        </message>
        <message>
            <source>Bold</source>
            <translation>粗体</translation>
        </message>
        <message>
            <source>Both</source>
            <translation>两者</translation>
        </message>
        <message>
            <source>Both gave the same text.</source>
            <translation>两者给出的文字相同。</translation>
        </message>
        <message>
            <source>Both get the same prompt, one after the other; both answers are kept.</source>
            <translation>两者先后收到同一个 Prompt；两个回答都会保留。</translation>
        </message>
        <message>
            <source>Both versions are one now; the copy is in the trash.</source>
            <translation>两个版本已合为一个；副本在回收站。</translation>
        </message>
        <message>
            <source>Branch</source>
            <translation>分支</translation>
        </message>
        <message>
            <source>Bring back what was removed</source>
            <translation>取回移除的内容</translation>
        </message>
        <message>
            <source>Browse …</source>
            <translation>浏览 …</translation>
        </message>
        <message>
            <source>Built with</source>
            <translation>构建所用</translation>
        </message>
        <message>
            <source>Buttondown (newsletter)</source>
            <translation>Buttondown（简报）</translation>
        </message>
        <message>
            <source>By a key of the system</source>
            <translation>通过系统按键</translation>
        </message>
        <message>
            <source>By hand (LinkedIn and others)</source>
            <translation>手动（LinkedIn 等）</translation>
        </message>
        <message>
            <source>By meaning, from the model on this device.</source>
            <translation>按含义，由本机的模型判断。</translation>
        </message>
        <message>
            <source>By shared words: the embedding model is not installed. “Install the summary model” in the command palette fetches it.</source>
            <translation>按共同词语：嵌入模型未安装。命令面板中的“安装摘要模型”可以获取它。</translation>
        </message>
        <message>
            <source>By shared words: this entry was not read by the model yet. It will be, while nobody writes.</source>
            <translation>按共同词语：模型尚未读取此条目。没有人书写时会读取。</translation>
        </message>
        <message>
            <source>CPU</source>
            <translation>CPU</translation>
        </message>
        <message>
            <source>Cadences</source>
            <translation>发布节奏</translation>
        </message>
        <message>
            <source>Calendar</source>
            <translation>日历</translation>
        </message>
        <message>
            <source>Calendar file</source>
            <translation>日历文件</translation>
        </message>
        <message>
            <source>Callout: note</source>
            <translation>提示框：注意</translation>
        </message>
        <message>
            <source>Callout: tip</source>
            <translation>提示框：技巧</translation>
        </message>
        <message>
            <source>Callout: warning</source>
            <translation>提示框：警告</translation>
        </message>
        <message>
            <source>Can publish to {names}</source>
            <translation>可发布到 {names}</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Cancel: {title}</source>
            <translation>取消：{title}</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>已取消</translation>
        </message>
        <message>
            <source>Cancelled.</source>
            <translation>已取消。</translation>
        </message>
        <message>
            <source>Cancelling …</source>
            <translation>正在取消 …</translation>
        </message>
        <message>
            <source>Canonical address: {url}</source>
            <translation>规范地址：{url}</translation>
        </message>
        <message>
            <source>Capture</source>
            <translation>记录</translation>
        </message>
        <message>
            <source>Capture a note</source>
            <translation>记一条笔记</translation>
        </message>
        <message>
            <source>Capture from anywhere</source>
            <translation>随处记录</translation>
        </message>
        <message>
            <source>Capture while it is warm</source>
            <translation>趁热记下</translation>
        </message>
        <message>
            <source>Captured</source>
            <translation>已记录</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>更改</translation>
        </message>
        <message>
            <source>Change it</source>
            <translation>更改</translation>
        </message>
        <message>
            <source>Change its settings</source>
            <translation>更改其设置</translation>
        </message>
        <message>
            <source>Change what is out</source>
            <translation>更改已发出的内容</translation>
        </message>
        <message>
            <source>Changed with others</source>
            <translation>与其他条目一起修改</translation>
        </message>
        <message>
            <source>Characters of a part</source>
            <translation>每部分字符数</translation>
        </message>
        <message>
            <source>Check spelling</source>
            <translation>检查拼写</translation>
        </message>
        <message>
            <source>Check the draft</source>
            <translation>检查草稿</translation>
        </message>
        <message>
            <source>Check “{title}”</source>
            <translation>检查“{title}”</translation>
        </message>
        <message>
            <source>Checks before sending</source>
            <translation>发送前的检查</translation>
        </message>
        <message>
            <source>Checks that failed</source>
            <translation>未通过的检查</translation>
        </message>
        <message>
            <source>Choices</source>
            <translation>选项</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>选择文件夹</translation>
        </message>
        <message>
            <source>Choose a line to see more of it.</source>
            <translation>选择一行查看详情。</translation>
        </message>
        <message>
            <source>Choose a publication to see more of it.</source>
            <translation>选择一个发布查看详情。</translation>
        </message>
        <message>
            <source>Choose a run</source>
            <translation>选择一个 Run</translation>
        </message>
        <message>
            <source>Choose an entry from the list, or write a new one with Ctrl+Shift+N.</source>
            <translation>从列表中选择一个条目，或按 Ctrl+Shift+N 写新的。</translation>
        </message>
        <message>
            <source>Choose another key in the settings, or bind `{command}` to one in your desktop.</source>
            <translation>在设置中换一个按键，或在桌面中把 `{command}` 绑定到一个按键。</translation>
        </message>
        <message>
            <source>Choose another key in the settings.</source>
            <translation>请在设置中换一个按键。</translation>
        </message>
        <message>
            <source>Choose at least one day.</source>
            <translation>请至少选择一天。</translation>
        </message>
        <message>
            <source>Choose one of the two.</source>
            <translation>请从两者中选一个。</translation>
        </message>
        <message>
            <source>Choose what kind of place it is. Nothing is sent before a post is due.</source>
            <translation>选择发布位置的类型。文章到期之前不会发送任何内容。</translation>
        </message>
        <message>
            <source>Choose …</source>
            <translation>选择 …</translation>
        </message>
        <message>
            <source>Choosing and wording …</source>
            <translation>正在挑选和措辞 …</translation>
        </message>
        <message>
            <source>Chosen: {title}. Linked: {near}</source>
            <translation>已选：{title}。相连：{near}</translation>
        </message>
        <message>
            <source>Clear search</source>
            <translation>清除搜索</translation>
        </message>
        <message>
            <source>Click a field and press the keys. Backspace takes the keys of an action away.</source>
            <translation>点击一个栏位并按下按键。退格键会清除该操作的按键。</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Close (Esc)</source>
            <translation>关闭（Esc）</translation>
        </message>
        <message>
            <source>Close these days</source>
            <translation>这些天停发</translation>
        </message>
        <message>
            <source>Close without saving</source>
            <translation>不保存就关闭</translation>
        </message>
        <message>
            <source>Close; the text stays here for later</source>
            <translation>关闭；文字会留在这里</translation>
        </message>
        <message>
            <source>Closed</source>
            <translation>停发</translation>
        </message>
        <message>
            <source>Closed days</source>
            <translation>停发日</translation>
        </message>
        <message>
            <source>Closed days have no slots. What has a time of its own goes out all the same.</source>
            <translation>停发日没有时段。自定时间的内容照常发出。</translation>
        </message>
        <message>
            <source>Closing the window</source>
            <translation>关闭窗口</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>代码</translation>
        </message>
        <message>
            <source>Collections of notes</source>
            <translation>笔记集合</translation>
        </message>
        <message>
            <source>Colours of the window.</source>
            <translation>窗口的颜色。</translation>
        </message>
        <message>
            <source>Command</source>
            <translation>命令</translation>
        </message>
        <message>
            <source>Command line</source>
            <translation>命令行</translation>
        </message>
        <message>
            <source>Command palette</source>
            <translation>命令面板</translation>
        </message>
        <message>
            <source>Commands for this text…</source>
            <translation>用于此文字的命令…</translation>
        </message>
        <message>
            <source>Compare runs</source>
            <translation>比较 Run</translation>
        </message>
        <message>
            <source>Compare two packs</source>
            <translation>比较两个模型包</translation>
        </message>
        <message>
            <source>Compare two packs…</source>
            <translation>比较两个模型包…</translation>
        </message>
        <message>
            <source>Compare with</source>
            <translation>比较对象</translation>
        </message>
        <message>
            <source>Compare with what it repeats</source>
            <translation>与被重复的比较</translation>
        </message>
        <message>
            <source>Comparison</source>
            <translation>比较</translation>
        </message>
        <message>
            <source>Content warning</source>
            <translation>内容警告</translation>
        </message>
        <message>
            <source>Context of a note</source>
            <translation>笔记的环境信息</translation>
        </message>
        <message>
            <source>Contracts</source>
            <translation>约定</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>已复制</translation>
        </message>
        <message>
            <source>Copied to the clipboard.</source>
            <translation>已复制到剪贴板。</translation>
        </message>
        <message>
            <source>Copied {text}</source>
            <translation>已复制 {text}</translation>
        </message>
        <message>
            <source>Copied. Paste it where the file shall show.</source>
            <translation>已复制。粘贴到要显示文件的地方。</translation>
        </message>
        <message>
            <source>Copies</source>
            <translation>副本</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <source>Copy address</source>
            <translation>复制地址</translation>
        </message>
        <message>
            <source>Copy all</source>
            <translation>全部复制</translation>
        </message>
        <message>
            <source>Copy as Markdown</source>
            <translation>复制为 Markdown</translation>
        </message>
        <message>
            <source>Copy part {n}</source>
            <translation>复制第 {n} 部分</translation>
        </message>
        <message>
            <source>Copy text</source>
            <translation>复制文字</translation>
        </message>
        <message>
            <source>Copy the code</source>
            <translation>复制代码</translation>
        </message>
        <message>
            <source>Copy the command</source>
            <translation>复制命令</translation>
        </message>
        <message>
            <source>Copy the entry's id</source>
            <translation>复制条目的 ID</translation>
        </message>
        <message>
            <source>Copy the text …</source>
            <translation>复制文字 …</translation>
        </message>
        <message>
            <source>Could be better</source>
            <translation>可以更好</translation>
        </message>
        <message>
            <source>Create</source>
            <translation>创建</translation>
        </message>
        <message>
            <source>Create “{name}”</source>
            <translation>创建“{name}”</translation>
        </message>
        <message>
            <source>Ctrl+Alt+S gives the open entry a star.</source>
            <translation>Ctrl+Alt+S 为打开的条目加星。</translation>
        </message>
        <message>
            <source>Damaged</source>
            <translation>已损坏</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <source>Dashboard → Settings → API.</source>
            <translation>Dashboard → Settings → API。</translation>
        </message>
        <message>
            <source>Datasets</source>
            <translation>数据集</translation>
        </message>
        <message>
            <source>Date</source>
            <translation>日期</translation>
        </message>
        <message>
            <source>Date and time</source>
            <translation>日期和时间</translation>
        </message>
        <message>
            <source>Days</source>
            <translation>星期</translation>
        </message>
        <message>
            <source>Deal them anew</source>
            <translation>重新分配</translation>
        </message>
        <message>
            <source>Decisions</source>
            <translation>决定</translation>
        </message>
        <message>
            <source>Describe this post</source>
            <translation>描述此文章</translation>
        </message>
        <message>
            <source>Describe this post…</source>
            <translation>描述此文章…</translation>
        </message>
        <message>
            <source>Describe …</source>
            <translation>描述 …</translation>
        </message>
        <message>
            <source>Described.</source>
            <translation>已描述。</translation>
        </message>
        <message>
            <source>Description</source>
            <translation>描述</translation>
        </message>
        <message>
            <source>Description, address, language</source>
            <translation>描述、地址、语言</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>详情</translation>
        </message>
        <message>
            <source>Deutsch</source>
            <translation>Deutsch</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>设备</translation>
        </message>
        <message>
            <source>Devices</source>
            <translation>设备</translation>
        </message>
        <message>
            <source>Devices and doctor …</source>
            <translation>设备与诊断 …</translation>
        </message>
        <message>
            <source>Devices of the models…</source>
            <translation>模型的设备…</translation>
        </message>
        <message>
            <source>Devices of this computer</source>
            <translation>本机的设备</translation>
        </message>
        <message>
            <source>Did not pass</source>
            <translation>未通过</translation>
        </message>
        <message>
            <source>Digest</source>
            <translation>校验值</translation>
        </message>
        <message>
            <source>Do or find …</source>
            <translation>执行或查找 …</translation>
        </message>
        <message>
            <source>Doctor</source>
            <translation>诊断</translation>
        </message>
        <message>
            <source>Does not work</source>
            <translation>无法使用</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>完成</translation>
        </message>
        <message>
            <source>Done: {title}</source>
            <translation>完成：{title}</translation>
        </message>
        <message>
            <source>Draft</source>
            <translation>草稿</translation>
        </message>
        <message>
            <source>Draft from these</source>
            <translation>由这些生成草稿</translation>
        </message>
        <message>
            <source>Draft from this</source>
            <translation>由此生成草稿</translation>
        </message>
        <message>
            <source>Draft of a post</source>
            <translation>文章草稿</translation>
        </message>
        <message>
            <source>Drafted</source>
            <translation>已生成草稿</translation>
        </message>
        <message>
            <source>Drafts</source>
            <translation>草稿</translation>
        </message>
        <message>
            <source>Drafts without a date</source>
            <translation>没有日期的草稿</translation>
        </message>
        <message>
            <source>Drag one onto a day, or press Enter.</source>
            <translation>拖到某一天，或按 Enter。</translation>
        </message>
        <message>
            <source>Drag over what to keep. Enter takes all of it, Esc gives up.</source>
            <translation>拖动选出要保留的部分。Enter 取全部，Esc 放弃。</translation>
        </message>
        <message>
            <source>Drawings in the preview</source>
            <translation>预览中的图表</translation>
        </message>
        <message>
            <source>Drawings need the extra “preview”: pip install journal-app[preview]</source>
            <translation>绘制图表需要附加组件“preview”：pip install journal-app[preview]</translation>
        </message>
        <message>
            <source>Drift</source>
            <translation>漂移</translation>
        </message>
        <message>
            <source>Drift: {what}</source>
            <translation>漂移：{what}</translation>
        </message>
        <message>
            <source>Drifted</source>
            <translation>已漂移</translation>
        </message>
        <message>
            <source>Drop to import the records.</source>
            <translation>松开即可导入记录。</translation>
        </message>
        <message>
            <source>Due</source>
            <translation>到期</translation>
        </message>
        <message>
            <source>Due since</source>
            <translation>已到期：</translation>
        </message>
        <message>
            <source>Duplicate the line or selection</source>
            <translation>复制当前行或选区</translation>
        </message>
        <message>
            <source>Earlier in the queue</source>
            <translation>在队列中提前</translation>
        </message>
        <message>
            <source>Easy to read</source>
            <translation>容易阅读</translation>
        </message>
        <message>
            <source>Edit prompt…</source>
            <translation>编辑 Prompt…</translation>
        </message>
        <message>
            <source>Edit the prompt of /{name}</source>
            <translation>编辑 /{name} 的 Prompt</translation>
        </message>
        <message>
            <source>Edit …</source>
            <translation>编辑 …</translation>
        </message>
        <message>
            <source>Edited since it was approved.</source>
            <translation>批准之后有改动。</translation>
        </message>
        <message>
            <source>Edited since it went out.</source>
            <translation>发出之后有改动。</translation>
        </message>
        <message>
            <source>Eleventy</source>
            <translation>Eleventy</translation>
        </message>
        <message>
            <source>Empty the trash</source>
            <translation>清空回收站</translation>
        </message>
        <message>
            <source>Empty the trash…</source>
            <translation>清空回收站…</translation>
        </message>
        <message>
            <source>Empty: as the files show.</source>
            <translation>留空：依文件判断。</translation>
        </message>
        <message>
            <source>Empty: as the folder shows.</source>
            <translation>留空：依文件夹判断。</translation>
        </message>
        <message>
            <source>Empty: as the network takes.</source>
            <translation>留空：以该网络的限度为准。</translation>
        </message>
        <message>
            <source>Empty: the default one. A new one is made from that.</source>
            <translation>留空：默认分支。新分支由它建立。</translation>
        </message>
        <message>
            <source>End the tour</source>
            <translation>结束导览</translation>
        </message>
        <message>
            <source>Energy of a summary</source>
            <translation>每份摘要的能耗</translation>
        </message>
        <message>
            <source>English</source>
            <translation>English</translation>
        </message>
        <message>
            <source>Entries</source>
            <translation>条目</translation>
        </message>
        <message>
            <source>Entries like this one</source>
            <translation>与此相似的条目</translation>
        </message>
        <message>
            <source>Entry</source>
            <translation>条目</translation>
        </message>
        <message>
            <source>Environment variable of {what}</source>
            <translation>{what}的环境变量</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Eval set</source>
            <translation>评测集</translation>
        </message>
        <message>
            <source>Evals</source>
            <translation>评测</translation>
        </message>
        <message>
            <source>Evals of the models…</source>
            <translation>模型的评测…</translation>
        </message>
        <message>
            <source>Evals over time</source>
            <translation>历次评测</translation>
        </message>
        <message>
            <source>Evaluate</source>
            <translation>评测</translation>
        </message>
        <message>
            <source>Evaluate now</source>
            <translation>立即评测</translation>
        </message>
        <message>
            <source>Evaluate {name}</source>
            <translation>评测 {name}</translation>
        </message>
        <message>
            <source>Evaluate {name} on this device?</source>
            <translation>在本机评测 {name}？</translation>
        </message>
        <message>
            <source>Evaluate …</source>
            <translation>评测 …</translation>
        </message>
        <message>
            <source>Every file of {name} matches its SHA-256.</source>
            <translation>{name} 的每个文件都与其 SHA-256 相符。</translation>
        </message>
        <message>
            <source>Every kept revision</source>
            <translation>保留的每个版本</translation>
        </message>
        <message>
            <source>Every post has a date. “Make a draft for publishing” makes a new one.</source>
            <translation>每篇文章都已定了日期。“生成待发布的草稿”可以新建一篇。</translation>
        </message>
        <message>
            <source>Every publication leaves its marks here: when it was approved, sent, seen.</source>
            <translation>每次发布都在这里留下记录：何时批准、发送、查看到。</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>全部</translation>
        </message>
        <message>
            <source>Everything is in the file; opening it loads nothing from anywhere.</source>
            <translation>一切都在文件里；打开时不会从别处加载任何内容。</translation>
        </message>
        <message>
            <source>Everything is on the clipboard.</source>
            <translation>全部内容已在剪贴板。</translation>
        </message>
        <message>
            <source>Everywhere</source>
            <translation>随处</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>依据</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <source>Export as</source>
            <translation>导出为</translation>
        </message>
        <message>
            <source>Export into a folder</source>
            <translation>导出到文件夹</translation>
        </message>
        <message>
            <source>Export the log</source>
            <translation>导出发布记录</translation>
        </message>
        <message>
            <source>Export this entry…</source>
            <translation>导出此条目…</translation>
        </message>
        <message>
            <source>Export to {name}</source>
            <translation>导出到 {name}</translation>
        </message>
        <message>
            <source>Export …</source>
            <translation>导出 …</translation>
        </message>
        <message>
            <source>Exported to {folder}</source>
            <translation>已导出到 {folder}</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>导出…</translation>
        </message>
        <message>
            <source>Extensions</source>
            <translation>扩展</translation>
        </message>
        <message>
            <source>Facts carried</source>
            <translation>保留的事实</translation>
        </message>
        <message>
            <source>Facts carried without the pack</source>
            <translation>无模型包时保留的事实</translation>
        </message>
        <message>
            <source>Facts carried, run by run</source>
            <translation>保留的事实，逐次评测</translation>
        </message>
        <message>
            <source>Failure report</source>
            <translation>失败报告</translation>
        </message>
        <message>
            <source>Failures</source>
            <translation>失败</translation>
        </message>
        <message>
            <source>Fairly hard to read</source>
            <translation>较难阅读</translation>
        </message>
        <message>
            <source>Favourites</source>
            <translation>收藏</translation>
        </message>
        <message>
            <source>Fetch</source>
            <translation>获取</translation>
        </message>
        <message>
            <source>Fetch a model from a Hugging Face hub</source>
            <translation>从 Hugging Face Hub 获取模型</translation>
        </message>
        <message>
            <source>Fetching the model from PyPI. What is fetched is kept if it breaks off.</source>
            <translation>正在从 PyPI 获取模型。即使中断，已获取的部分也会保留。</translation>
        </message>
        <message>
            <source>Fewer settings</source>
            <translation>收起设置</translation>
        </message>
        <message>
            <source>Field Journal</source>
            <translation>Field Journal</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>过滤器</translation>
        </message>
        <message>
            <source>Find a draft</source>
            <translation>查找草稿</translation>
        </message>
        <message>
            <source>Find a place</source>
            <translation>查找发布位置</translation>
        </message>
        <message>
            <source>Find a run</source>
            <translation>查找 Run</translation>
        </message>
        <message>
            <source>Find an action or an entry</source>
            <translation>查找操作或条目</translation>
        </message>
        <message>
            <source>Find and replace in this entry</source>
            <translation>在此条目中查找和替换</translation>
        </message>
        <message>
            <source>Find in all entries</source>
            <translation>在所有条目中查找</translation>
        </message>
        <message>
            <source>Find in the log</source>
            <translation>查找</translation>
        </message>
        <message>
            <source>Find in this entry</source>
            <translation>在此条目中查找</translation>
        </message>
        <message>
            <source>Find the next place</source>
            <translation>查找下一处</translation>
        </message>
        <message>
            <source>Find the previous place</source>
            <translation>查找上一处</translation>
        </message>
        <message>
            <source>Find, from the list; commands, in the text</source>
            <translation>在列表中：查找；在文字中：命令</translation>
        </message>
        <message>
            <source>Fine</source>
            <translation>没有问题</translation>
        </message>
        <message>
            <source>First day</source>
            <translation>第一天</translation>
        </message>
        <message>
            <source>First published at</source>
            <translation>首次发表于</translation>
        </message>
        <message>
            <source>First say whether “{title}” is out; then it can be moved.</source>
            <translation>请先说明“{title}”是否已发出；然后才能改期。</translation>
        </message>
        <message>
            <source>Focus on one paragraph</source>
            <translation>专注于一个段落</translation>
        </message>
        <message>
            <source>Fold (F9)</source>
            <translation>折叠（F9）</translation>
        </message>
        <message>
            <source>Fold everything</source>
            <translation>全部折叠</translation>
        </message>
        <message>
            <source>Fold or unfold</source>
            <translation>折叠或展开</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>Folder of posts</source>
            <translation>文章文件夹</translation>
        </message>
        <message>
            <source>Folder of the site</source>
            <translation>网站文件夹</translation>
        </message>
        <message>
            <source>Follow the link at the caret</source>
            <translation>打开光标处的链接</translation>
        </message>
        <message>
            <source>Footnote</source>
            <translation>脚注</translation>
        </message>
        <message>
            <source>For a social network</source>
            <translation>用于社交网络</translation>
        </message>
        <message>
            <source>For https: one that may write contents.</source>
            <translation>用于 https：须有写入内容的权限。</translation>
        </message>
        <message>
            <source>For writing</source>
            <translation>用于写作</translation>
        </message>
        <message>
            <source>Format</source>
            <translation>格式</translation>
        </message>
        <message>
            <source>Formats of runs and evals</source>
            <translation>Run 和评测的格式</translation>
        </message>
        <message>
            <source>Forward</source>
            <translation>向前</translation>
        </message>
        <message>
            <source>Free slot of “{name}”: drop a draft here.</source>
            <translation>“{name}”的空闲时段：把草稿拖到这里。</translation>
        </message>
        <message>
            <source>From a Hugging Face hub …</source>
            <translation>从 Hugging Face Hub …</translation>
        </message>
        <message>
            <source>GPU</source>
            <translation>GPU</translation>
        </message>
        <message>
            <source>Gate asks</source>
            <translation>关卡要求</translation>
        </message>
        <message>
            <source>Gate closed</source>
            <translation>关卡未开</translation>
        </message>
        <message>
            <source>Gate open</source>
            <translation>关卡已开</translation>
        </message>
        <message>
            <source>Gates</source>
            <translation>关卡</translation>
        </message>
        <message>
            <source>Ghost</source>
            <translation>Ghost</translation>
        </message>
        <message>
            <source>Give a title</source>
            <translation>添加标题</translation>
        </message>
        <message>
            <source>Give all a star</source>
            <translation>全部加星</translation>
        </message>
        <message>
            <source>Give it another password or token</source>
            <translation>换一个密码或令牌</translation>
        </message>
        <message>
            <source>Give the cadence a name.</source>
            <translation>请为节奏起个名称。</translation>
        </message>
        <message>
            <source>Glossary</source>
            <translation>术语表</translation>
        </message>
        <message>
            <source>Go</source>
            <translation>转到</translation>
        </message>
        <message>
            <source>Go to entry</source>
            <translation>转到条目</translation>
        </message>
        <message>
            <source>Go to entry …</source>
            <translation>转到条目 …</translation>
        </message>
        <message>
            <source>Go to {place}</source>
            <translation>转到{place}</translation>
        </message>
        <message>
            <source>Goes out {day}, {time} ({offset}), in {span}.</source>
            <translation>将于 {day} {time}（{offset}）发出，还有 {span}。</translation>
        </message>
        <message>
            <source>Goes to {target} {when}</source>
            <translation>{when} 发往 {target}</translation>
        </message>
        <message>
            <source>Good</source>
            <translation>良好</translation>
        </message>
        <message>
            <source>Good to know</source>
            <translation>供参考</translation>
        </message>
        <message>
            <source>Hand over early</source>
            <translation>提前交付</translation>
        </message>
        <message>
            <source>Handle</source>
            <translation>用户标识</translation>
        </message>
        <message>
            <source>Hard to read</source>
            <translation>难以阅读</translation>
        </message>
        <message>
            <source>Has to be</source>
            <translation>须满足</translation>
        </message>
        <message>
            <source>Hashtags</source>
            <translation>话题标签</translation>
        </message>
        <message>
            <source>Heading</source>
            <translation>标题</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>帮助</translation>
        </message>
        <message>
            <source>Help page</source>
            <translation>帮助页</translation>
        </message>
        <message>
            <source>Help pages</source>
            <translation>帮助页列表</translation>
        </message>
        <message>
            <source>Hide the licence</source>
            <translation>隐藏许可证</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>高对比度</translation>
        </message>
        <message>
            <source>Holidays</source>
            <translation>假期</translation>
        </message>
        <message>
            <source>How it was made</source>
            <translation>如何生成</translation>
        </message>
        <message>
            <source>How late a post may go out unasked, after this computer slept or was offline, in hours: what is later waits for you. A post can have a limit of its own.</source>
            <translation>本机休眠或离线之后，文章最多可延迟多少小时而无需询问：更晚的会等你决定。单篇文章可以有自己的限度。</translation>
        </message>
        <message>
            <source>How the text is counted.</source>
            <translation>文字按何种方式计数。</translation>
        </message>
        <message>
            <source>However late</source>
            <translation>不论多晚</translation>
        </message>
        <message>
            <source>Hugo</source>
            <translation>Hugo</translation>
        </message>
        <message>
            <source>Hypotheses</source>
            <translation>假设</translation>
        </message>
        <message>
            <source>I take this upon myself</source>
            <translation>由我承担</translation>
        </message>
        <message>
            <source>INSERT</source>
            <translation>插入</translation>
        </message>
        <message>
            <source>Icon in the tray</source>
            <translation>托盘图标</translation>
        </message>
        <message>
            <source>Id</source>
            <translation>ID</translation>
        </message>
        <message>
            <source>If it is late</source>
            <translation>如果延迟</translation>
        </message>
        <message>
            <source>If late</source>
            <translation>若延迟</translation>
        </message>
        <message>
            <source>Image not loaded</source>
            <translation>图片未加载</translation>
        </message>
        <message>
            <source>Import a folder of records…</source>
            <translation>导入记录文件夹…</translation>
        </message>
        <message>
            <source>Import a folder with a model</source>
            <translation>导入含模型的文件夹</translation>
        </message>
        <message>
            <source>Import a model</source>
            <translation>导入模型</translation>
        </message>
        <message>
            <source>Import a model of your own.</source>
            <translation>导入自己的模型。</translation>
        </message>
        <message>
            <source>Import record files</source>
            <translation>导入记录文件</translation>
        </message>
        <message>
            <source>Import record files…</source>
            <translation>导入记录文件…</translation>
        </message>
        <message>
            <source>Import the records in a folder</source>
            <translation>导入文件夹中的记录</translation>
        </message>
        <message>
            <source>Import the records of nanochat, lm-evaluation-harness or MLflow.</source>
            <translation>导入 nanochat、lm-evaluation-harness 或 MLflow 的记录。</translation>
        </message>
        <message>
            <source>Import {name}</source>
            <translation>导入 {name}</translation>
        </message>
        <message>
            <source>Import …</source>
            <translation>导入 …</translation>
        </message>
        <message>
            <source>Imported</source>
            <translation>已导入</translation>
        </message>
        <message>
            <source>Imported {name}: {parts}.</source>
            <translation>已导入 {name}：{parts}。</translation>
        </message>
        <message>
            <source>Import…</source>
            <translation>导入…</translation>
        </message>
        <message>
            <source>In one sentence</source>
            <translation>一句话</translation>
        </message>
        <message>
            <source>In the browser: {url}</source>
            <translation>在浏览器中：{url}</translation>
        </message>
        <message>
            <source>In the keyring; type another one</source>
            <translation>已在密钥环中；可输入新的</translation>
        </message>
        <message>
            <source>In the message, or left out.</source>
            <translation>放在消息中，或略去。</translation>
        </message>
        <message>
            <source>In the way</source>
            <translation>阻碍</translation>
        </message>
        <message>
            <source>Inbox</source>
            <translation>收件箱</translation>
        </message>
        <message>
            <source>Index entries for “More like this”</source>
            <translation>为“更多类似”建立索引</translation>
        </message>
        <message>
            <source>Index related entries</source>
            <translation>为相关条目建立索引</translation>
        </message>
        <message>
            <source>Insert</source>
            <translation>插入</translation>
        </message>
        <message>
            <source>Insert a heading, list, table … (or type / at the start of a line)</source>
            <translation>插入标题、列表、表格 …（或在行首输入 /）</translation>
        </message>
        <message>
            <source>Insert the summary</source>
            <translation>插入摘要</translation>
        </message>
        <message>
            <source>Inserted. Undo takes it back.</source>
            <translation>已插入。撤销即可取回。</translation>
        </message>
        <message>
            <source>Inside it; empty: the one that the site uses.</source>
            <translation>在其中；留空：网站所用的文件夹。</translation>
        </message>
        <message>
            <source>Inside the repository; empty: its top.</source>
            <translation>在仓库中；留空：仓库根目录。</translation>
        </message>
        <message>
            <source>Inside the site; empty: the one that it uses.</source>
            <translation>在网站中；留空：网站所用的文件夹。</translation>
        </message>
        <message>
            <source>Inspector</source>
            <translation>检查器</translation>
        </message>
        <message>
            <source>Inspector at the right.</source>
            <translation>右侧的检查器。</translation>
        </message>
        <message>
            <source>Install</source>
            <translation>安装</translation>
        </message>
        <message>
            <source>Install again</source>
            <translation>重新安装</translation>
        </message>
        <message>
            <source>Install another pack that writes, then both can answer the same.</source>
            <translation>再安装一个写作模型包，两者就能回答同一个问题。</translation>
        </message>
        <message>
            <source>Install it again in the window about models.</source>
            <translation>可在“模型”窗口中重新安装。</translation>
        </message>
        <message>
            <source>Install the model</source>
            <translation>安装模型</translation>
        </message>
        <message>
            <source>Install the summary model</source>
            <translation>安装摘要模型</translation>
        </message>
        <message>
            <source>Install {name}</source>
            <translation>安装 {name}</translation>
        </message>
        <message>
            <source>Install · {size}</source>
            <translation>安装 · {size}</translation>
        </message>
        <message>
            <source>Installed</source>
            <translation>已安装</translation>
        </message>
        <message>
            <source>Installed model</source>
            <translation>已安装的模型</translation>
        </message>
        <message>
            <source>It can be installed again at any time.</source>
            <translation>随时可以重新安装。</translation>
        </message>
        <message>
            <source>It cannot go out yet</source>
            <translation>还不能发出</translation>
        </message>
        <message>
            <source>It goes out only with a result that is good enough</source>
            <translation>结果足够好时才会发出</translation>
        </message>
        <message>
            <source>It is a draft again.</source>
            <translation>它又是草稿了。</translation>
        </message>
        <message>
            <source>It is longer than {n} characters.</source>
            <translation>超过 {n} 个字符。</translation>
        </message>
        <message>
            <source>It is not out</source>
            <translation>没有发出</translation>
        </message>
        <message>
            <source>It is out</source>
            <translation>已发出</translation>
        </message>
        <message>
            <source>It is out at {place}. That address will send its readers on.</source>
            <translation>文章已在 {place}。该地址会把读者引到新地址。</translation>
        </message>
        <message>
            <source>It is out at {place}. Whether that address sends its readers on is up to {name}.</source>
            <translation>文章已在 {place}。该地址是否会引导读者由 {name} 决定。</translation>
        </message>
        <message>
            <source>It is out …</source>
            <translation>已发出 …</translation>
        </message>
        <message>
            <source>It is written into a folder on this computer.</source>
            <translation>写入本机的一个文件夹。</translation>
        </message>
        <message>
            <source>It is {span} late.</source>
            <translation>已延迟 {span}。</translation>
        </message>
        <message>
            <source>It is {state} now.</source>
            <translation>现在的状态：{state}。</translation>
        </message>
        <message>
            <source>It is {state}.</source>
            <translation>状态：{state}。</translation>
        </message>
        <message>
            <source>It leaves this computer, as far as the target is elsewhere.</source>
            <translation>如果目标在别处，内容将离开本机。</translation>
        </message>
        <message>
            <source>It leaves this computer.</source>
            <translation>内容会离开本机。</translation>
        </message>
        <message>
            <source>It replaces the one that waits for {wall} {zone}.</source>
            <translation>它会取代等待在 {wall} {zone} 的那一个。</translation>
        </message>
        <message>
            <source>It stands outside the catalogue: Field Journal cannot fetch it again.</source>
            <translation>它不在目录中：Field Journal 无法再次获取。</translation>
        </message>
        <message>
            <source>It stays in its place.</source>
            <translation>它留在原位。</translation>
        </message>
        <message>
            <source>It summarizes the built-in notes with and without the pack and counts what is wrong. That takes minutes of this computer's work; summaries wait meanwhile.</source>
            <translation>它会在有无模型包时分别为内置笔记生成摘要，并统计错误。这需要本机运算几分钟；其间摘要会等待。</translation>
        </message>
        <message>
            <source>It took longer than {n} seconds.</source>
            <translation>用时超过 {n} 秒。</translation>
        </message>
        <message>
            <source>It was not sent.</source>
            <translation>没有发送。</translation>
        </message>
        <message>
            <source>It was sent and no answer came. Look at {target}.</source>
            <translation>已发送，但没有回应。请到 {target} 查看。</translation>
        </message>
        <message>
            <source>It went out {span} late.</source>
            <translation>发出时已延迟 {span}。</translation>
        </message>
        <message>
            <source>It will not go out</source>
            <translation type="vanished">它将不会发出</translation>
        </message>
        <message>
            <source>Italic</source>
            <translation>斜体</translation>
        </message>
        <message>
            <source>Its https or SSH address, or the folder of a clone (which is only read).</source>
            <translation>其 https 或 SSH 地址，或一个克隆的文件夹（只读取）。</translation>
        </message>
        <message>
            <source>Its numbers, its curve and what was written about it show here.</source>
            <translation>这里显示它的数值、曲线以及相关文字。</translation>
        </message>
        <message>
            <source>Its time passed {span} ago: it waits for you.</source>
            <translation>时间已过 {span}：等你决定。</translation>
        </message>
        <message>
            <source>Its uid or address, where the account has several.</source>
            <translation>其 uid 或地址，账户有多个博客时填写。</translation>
        </message>
        <message>
            <source>Its user name, where a key serves several.</source>
            <translation>其用户名，一个密钥用于多份简报时填写。</translation>
        </message>
        <message>
            <source>JSON, complete</source>
            <translation>JSON，完整</translation>
        </message>
        <message>
            <source>Jekyll</source>
            <translation>Jekyll</translation>
        </message>
        <message>
            <source>Join lines</source>
            <translation>合并行</translation>
        </message>
        <message>
            <source>Journal</source>
            <translation>日志</translation>
        </message>
        <message>
            <source>Journal export</source>
            <translation>日志导出</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>Keep both</source>
            <translation>两者都保留</translation>
        </message>
        <message>
            <source>Keep both versions</source>
            <translation>保留两个版本</translation>
        </message>
        <message>
            <source>Keep it</source>
            <translation>保留</translation>
        </message>
        <message>
            <source>Keep it in the keyring instead</source>
            <translation>改为保存在密钥环中</translation>
        </message>
        <message>
            <source>Keep nothing about where this note was made</source>
            <translation>不保留这条笔记在哪里写下的信息</translation>
        </message>
        <message>
            <source>Keep the merged text</source>
            <translation>保留合并后的文字</translation>
        </message>
        <message>
            <source>Keep them</source>
            <translation>保留它们</translation>
        </message>
        <message>
            <source>Keep with a note where it was made: git commit, host, folder, run; never published.</source>
            <translation>随笔记保存它写于何处：git 提交、主机、文件夹、Run；绝不会发布。</translation>
        </message>
        <message>
            <source>Keep, in the capture window</source>
            <translation>在记录窗口中：保存</translation>
        </message>
        <message>
            <source>Keeps running in the tray</source>
            <translation>继续在托盘中运行</translation>
        </message>
        <message>
            <source>Kept in this computer's keyring, never in the journal.</source>
            <translation>保存在本机的密钥环中，绝不写入日志。</translation>
        </message>
        <message>
            <source>Kept.</source>
            <translation>已保存。</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>键盘快捷键</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>按键</translation>
        </message>
        <message>
            <source>Keys of the editor.</source>
            <translation>编辑器的按键方式。</translation>
        </message>
        <message>
            <source>Keys of {name}</source>
            <translation>“{name}”的按键</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>类型</translation>
        </message>
        <message>
            <source>Kind of site</source>
            <translation>网站类型</translation>
        </message>
        <message>
            <source>Kind of the entry</source>
            <translation>条目类型</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <source>Language of the spell check: auto, off, or a dictionary such as de_DE (needs the extra spell: pip install journal-app[spell]).</source>
            <translation>拼写检查的语言：auto、off，或一部词典，如 de_DE（需要附加组件 spell：pip install journal-app[spell]）。</translation>
        </message>
        <message>
            <source>Language of the window; dates and numbers follow it.</source>
            <translation>窗口的语言；日期和数字随之变化。</translation>
        </message>
        <message>
            <source>Last copy</source>
            <translation>最近的副本</translation>
        </message>
        <message>
            <source>Last day</source>
            <translation>最后一天</translation>
        </message>
        <message>
            <source>Last eval, on {device}</source>
            <translation>最近的评测，{device}</translation>
        </message>
        <message>
            <source>Last look</source>
            <translation>上次查看</translation>
        </message>
        <message>
            <source>Last seen</source>
            <translation>上次看到</translation>
        </message>
        <message>
            <source>Late</source>
            <translation>延迟</translation>
        </message>
        <message>
            <source>Late posts</source>
            <translation>延迟的文章</translation>
        </message>
        <message>
            <source>Later in the queue</source>
            <translation>在队列中推后</translation>
        </message>
        <message>
            <source>Length of a summary</source>
            <translation>摘要长度</translation>
        </message>
        <message>
            <source>Lesson</source>
            <translation>经验</translation>
        </message>
        <message>
            <source>Lesson, failure, contract … or your own</source>
            <translation>经验、失败、约定 … 或自定义</translation>
        </message>
        <message>
            <source>Lessons</source>
            <translation>经验</translation>
        </message>
        <message>
            <source>Lessons keep their runs. Come back to them, look whether the figures still say so, and write down what changed.</source>
            <translation>经验会保留它们的 Run。过一阵回来看看数字是否依旧如此，并写下变化。</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>许可证</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <source>Link</source>
            <translation>链接</translation>
        </message>
        <message>
            <source>Link a run</source>
            <translation>链接一个 Run</translation>
        </message>
        <message>
            <source>Link a run …</source>
            <translation>链接一个 Run …</translation>
        </message>
        <message>
            <source>Link a run…</source>
            <translation>链接一个 Run…</translation>
        </message>
        <message>
            <source>Link all to a run</source>
            <translation>全部链接到一个 Run</translation>
        </message>
        <message>
            <source>Link to a run</source>
            <translation>链接到 Run</translation>
        </message>
        <message>
            <source>Link to a run…</source>
            <translation>链接到 Run…</translation>
        </message>
        <message>
            <source>Link to an entry</source>
            <translation>链接到条目</translation>
        </message>
        <message>
            <source>Link {name} as evidence</source>
            <translation>将 {name} 链接为依据</translation>
        </message>
        <message>
            <source>Linked</source>
            <translation>已链接</translation>
        </message>
        <message>
            <source>Linked entries and runs</source>
            <translation>相连的条目和 Run</translation>
        </message>
        <message>
            <source>Linked from</source>
            <translation>链接来源</translation>
        </message>
        <message>
            <source>LinkedIn</source>
            <translation>LinkedIn</translation>
        </message>
        <message>
            <source>Links</source>
            <translation>链接</translation>
        </message>
        <message>
            <source>Links, dates, callouts</source>
            <translation>链接、日期、提示框</translation>
        </message>
        <message>
            <source>List</source>
            <translation>列表</translation>
        </message>
        <message>
            <source>Load it now</source>
            <translation>立即加载</translation>
        </message>
        <message>
            <source>Loaded now</source>
            <translation>当前已加载</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>发布记录</translation>
        </message>
        <message>
            <source>Longer than the budget: the model sees the parts that carry most.</source>
            <translation type="vanished">超出预算：模型只看最关键的部分。</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>重新查看</translation>
        </message>
        <message>
            <source>Look at links</source>
            <translation>检查链接</translation>
        </message>
        <message>
            <source>Look at the page</source>
            <translation>查看页面</translation>
        </message>
        <message>
            <source>Look at “{title}”: it may hold a key or a password.</source>
            <translation>请看看“{title}”：其中可能有密钥或密码。</translation>
        </message>
        <message>
            <source>Look now</source>
            <translation>立即查看</translation>
        </message>
        <message>
            <source>Look through this post…</source>
            <translation>检查此文章…</translation>
        </message>
        <message>
            <source>Looking at links, pictures, secrets and numbers …</source>
            <translation>正在检查链接、图片、机密和数值 …</translation>
        </message>
        <message>
            <source>Looking at this machine …</source>
            <translation>正在检查本机 …</translation>
        </message>
        <message>
            <source>Looking for devices …</source>
            <translation>正在查找设备 …</translation>
        </message>
        <message>
            <source>Looking for kinds of places …</source>
            <translation>正在查找发布位置的类型 …</translation>
        </message>
        <message>
            <source>Looking for packs …</source>
            <translation>正在查找模型包 …</translation>
        </message>
        <message>
            <source>Looking for suggestions …</source>
            <translation>正在查找建议 …</translation>
        </message>
        <message>
            <source>Looking through the post …</source>
            <translation>正在检查文章 …</translation>
        </message>
        <message>
            <source>Looking through your notes …</source>
            <translation>正在查阅笔记 …</translation>
        </message>
        <message>
            <source>Looking …</source>
            <translation>正在查找 …</translation>
        </message>
        <message>
            <source>Looks at its page</source>
            <translation>页面查看记录</translation>
        </message>
        <message>
            <source>Looks at pages</source>
            <translation>页面查看</translation>
        </message>
        <message>
            <source>Loop</source>
            <translation>循环</translation>
        </message>
        <message>
            <source>MB</source>
            <translation>MB</translation>
        </message>
        <message>
            <source>MMMM yyyy</source>
            <translation>yyyy年M月</translation>
        </message>
        <message>
            <source>Made at</source>
            <translation>创建于</translation>
        </message>
        <message>
            <source>Mail addresses that may stand in posts, with commas between them.</source>
            <translation>可以出现在文章中的电子邮件地址，以逗号分隔。</translation>
        </message>
        <message>
            <source>Make a cadence</source>
            <translation>建立节奏</translation>
        </message>
        <message>
            <source>Make a draft for publishing</source>
            <translation>生成待发布的草稿</translation>
        </message>
        <message>
            <source>Make a draft of this entry</source>
            <translation>由此条目生成草稿</translation>
        </message>
        <message>
            <source>Make a draft out of entries and give it a date. It waits here, and only what you schedule leaves this computer.</source>
            <translation>把条目变成草稿并定一个日期。它会在这里等待，只有排了期的内容才会离开本机。</translation>
        </message>
        <message>
            <source>Make a link</source>
            <translation>创建链接</translation>
        </message>
        <message>
            <source>Make a post out of this entry; the entry stays as it is</source>
            <translation>由此条目生成文章；条目保持不变</translation>
        </message>
        <message>
            <source>Make it a link in “{title}”</source>
            <translation>在“{title}”中变成链接</translation>
        </message>
        <message>
            <source>Making the thread …</source>
            <translation>正在生成帖串 …</translation>
        </message>
        <message>
            <source>Mark the part of the screen to keep</source>
            <translation>标出要保留的屏幕部分</translation>
        </message>
        <message>
            <source>Markdown (*.md)</source>
            <translation>Markdown (*.md)</translation>
        </message>
        <message>
            <source>Markdown (Micro.blog), or HTML for servers that show Markdown as it is written.</source>
            <translation>Markdown（Micro.blog），或用 HTML：适合原样显示 Markdown 的服务器。</translation>
        </message>
        <message>
            <source>Markdown folder with attachments</source>
            <translation>带附件的 Markdown 文件夹</translation>
        </message>
        <message>
            <source>Markdown mirror</source>
            <translation>Markdown 镜像</translation>
        </message>
        <message>
            <source>Marks to fold sections, F9</source>
            <translation>折叠章节的标记，F9</translation>
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
            <translation>公式</translation>
        </message>
        <message>
            <source>Memory</source>
            <translation>内存</translation>
        </message>
        <message>
            <source>Memory of models</source>
            <translation>模型的内存</translation>
        </message>
        <message>
            <source>Memory that the model process may hold; 0 for no limit.</source>
            <translation>模型进程可占用的内存；0 表示不限。</translation>
        </message>
        <message>
            <source>Menu</source>
            <translation>菜单</translation>
        </message>
        <message>
            <source>Merge with its other version…</source>
            <translation>与另一版本合并…</translation>
        </message>
        <message>
            <source>Merge “{title}”</source>
            <translation>合并“{title}”</translation>
        </message>
        <message>
            <source>Merged</source>
            <translation>已合并</translation>
        </message>
        <message>
            <source>Merge…</source>
            <translation>合并…</translation>
        </message>
        <message>
            <source>Mermaid is drawn by Qt WebEngine, in a locked process.</source>
            <translation>Mermaid 由 Qt WebEngine 在隔离的进程中绘制。</translation>
        </message>
        <message>
            <source>Message of {role}</source>
            <translation>{role} 的消息</translation>
        </message>
        <message>
            <source>Metric</source>
            <translation>指标</translation>
        </message>
        <message>
            <source>Micropub (Micro.blog, IndieWeb)</source>
            <translation>Micropub（Micro.blog、IndieWeb）</translation>
        </message>
        <message>
            <source>Micropub address</source>
            <translation>Micropub 地址</translation>
        </message>
        <message>
            <source>MkDocs Material</source>
            <translation>MkDocs Material</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Model and device</source>
            <translation>模型与设备</translation>
        </message>
        <message>
            <source>Model damaged</source>
            <translation>模型已损坏</translation>
        </message>
        <message>
            <source>Model not installed</source>
            <translation>模型未安装</translation>
        </message>
        <message>
            <source>Model packs</source>
            <translation>模型包</translation>
        </message>
        <message>
            <source>Model ready</source>
            <translation>模型就绪</translation>
        </message>
        <message>
            <source>Model …</source>
            <translation>模型 …</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Models (*.gguf *.zip *.tar *.tgz *.tar.gz *.whl);;All files (*)</source>
            <translation>模型 (*.gguf *.zip *.tar *.tgz *.tar.gz *.whl);;所有文件 (*)</translation>
        </message>
        <message>
            <source>Models …</source>
            <translation>模型 …</translation>
        </message>
        <message>
            <source>Models…</source>
            <translation>模型…</translation>
        </message>
        <message>
            <source>Month</source>
            <translation>月</translation>
        </message>
        <message>
            <source>More for all of them</source>
            <translation>对全部的更多操作</translation>
        </message>
        <message>
            <source>More like this</source>
            <translation>更多类似</translation>
        </message>
        <message>
            <source>More settings</source>
            <translation>更多设置</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>改期</translation>
        </message>
        <message>
            <source>Move all to the trash</source>
            <translation>全部移到回收站</translation>
        </message>
        <message>
            <source>Move down</source>
            <translation>下移</translation>
        </message>
        <message>
            <source>Move the line down</source>
            <translation>下移当前行</translation>
        </message>
        <message>
            <source>Move the line up</source>
            <translation>上移当前行</translation>
        </message>
        <message>
            <source>Move to trash</source>
            <translation>移到回收站</translation>
        </message>
        <message>
            <source>Move up</source>
            <translation>上移</translation>
        </message>
        <message>
            <source>Move “{title}”</source>
            <translation>为“{title}”改期</translation>
        </message>
        <message>
            <source>Move …</source>
            <translation>改期 …</translation>
        </message>
        <message>
            <source>Moved to {when}</source>
            <translation>已改到 {when}</translation>
        </message>
        <message>
            <source>Moves</source>
            <translation>状态变化</translation>
        </message>
        <message>
            <source>NAME &lt;ADDRESS&gt;; empty: as git is set up.</source>
            <translation>名称 &lt;地址&gt;；留空：按 git 的设置。</translation>
        </message>
        <message>
            <source>NORMAL</source>
            <translation>普通</translation>
        </message>
        <message>
            <source>NPU</source>
            <translation>NPU</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Name in the address</source>
            <translation>地址中的名称</translation>
        </message>
        <message>
            <source>Name in the settings</source>
            <translation>设置中的名称</translation>
        </message>
        <message>
            <source>Name of this version</source>
            <translation>此版本的名称</translation>
        </message>
        <message>
            <source>Name this version</source>
            <translation>命名此版本</translation>
        </message>
        <message>
            <source>Name this version to keep it for good</source>
            <translation>命名此版本以永久保留</translation>
        </message>
        <message>
            <source>Name this version…</source>
            <translation>命名此版本…</translation>
        </message>
        <message>
            <source>Name, project or tag of the run</source>
            <translation>Run 的名称、项目或标签</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>网络</translation>
        </message>
        <message>
            <source>Never</source>
            <translation>从不</translation>
        </message>
        <message>
            <source>Never evaluated</source>
            <translation>从未评测</translation>
        </message>
        <message>
            <source>New entry</source>
            <translation>新建条目</translation>
        </message>
        <message>
            <source>New entry from a template</source>
            <translation>由模板新建条目</translation>
        </message>
        <message>
            <source>New entry from a template…</source>
            <translation>由模板新建条目…</translation>
        </message>
        <message>
            <source>New key for {name}</source>
            <translation>{name} 的新密钥</translation>
        </message>
        <message>
            <source>New key …</source>
            <translation>新密钥 …</translation>
        </message>
        <message>
            <source>New name; texts that hold it are rewritten</source>
            <translation>新名称；含有它的文字会随之改写</translation>
        </message>
        <message>
            <source>Newsletter</source>
            <translation>简报</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>下一步</translation>
        </message>
        <message>
            <source>Next (Enter)</source>
            <translation>下一个（Enter）</translation>
        </message>
        <message>
            <source>Next free slot: {when} ({cadence})</source>
            <translation>下一个空闲时段：{when}（{cadence}）</translation>
        </message>
        <message>
            <source>Next look</source>
            <translation>下次查看</translation>
        </message>
        <message>
            <source>Next pane</source>
            <translation>下一个窗格</translation>
        </message>
        <message>
            <source>Next:</source>
            <translation>下一个：</translation>
        </message>
        <message>
            <source>Next: {text}</source>
            <translation>下一个：{text}</translation>
        </message>
        <message>
            <source>Next: {times}</source>
            <translation>接下来：{times}</translation>
        </message>
        <message>
            <source>Nikola</source>
            <translation>Nikola</translation>
        </message>
        <message>
            <source>No command of your own yet</source>
            <translation>还没有自定义命令</translation>
        </message>
        <message>
            <source>No decisions yet</source>
            <translation>还没有决定</translation>
        </message>
        <message>
            <source>No dictionary for {language}. Put its .aff and .dic files into {folder}.</source>
            <translation>没有 {language} 的词典。请把它的 .aff 和 .dic 文件放进 {folder}。</translation>
        </message>
        <message>
            <source>No drafts</source>
            <translation>没有草稿</translation>
        </message>
        <message>
            <source>No entry holds “{words}”.</source>
            <translation>没有条目包含“{words}”。</translation>
        </message>
        <message>
            <source>No failures yet</source>
            <translation>还没有失败</translation>
        </message>
        <message>
            <source>No favourites yet</source>
            <translation>还没有收藏</translation>
        </message>
        <message>
            <source>No headings yet. Begin a line with ## and it stands here.</source>
            <translation>还没有标题。以 ## 开头的行会出现在这里。</translation>
        </message>
        <message>
            <source>No lessons yet</source>
            <translation>还没有经验</translation>
        </message>
        <message>
            <source>No line of the log has what is asked for.</source>
            <translation>记录中没有符合条件的行。</translation>
        </message>
        <message>
            <source>No model is loaded</source>
            <translation>没有加载模型</translation>
        </message>
        <message>
            <source>No model worded anything: nothing was sent.</source>
            <translation>没有模型参与措辞：什么也没有发送。</translation>
        </message>
        <message>
            <source>No other device</source>
            <translation>不用其他设备</translation>
        </message>
        <message>
            <source>No pack was evaluated yet</source>
            <translation>还没有评测过模型包</translation>
        </message>
        <message>
            <source>No packs</source>
            <translation>没有模型包</translation>
        </message>
        <message>
            <source>No page fits.</source>
            <translation>没有符合的页面。</translation>
        </message>
        <message>
            <source>No place has slots yet. A cadence gives it some.</source>
            <translation>还没有位置有时段。发布节奏可以提供。</translation>
        </message>
        <message>
            <source>No place yet</source>
            <translation>还没有发布位置</translation>
        </message>
        <message>
            <source>No run is linked. A claim is worth what it stands on.</source>
            <translation>没有链接 Run。论断的价值取决于它的依据。</translation>
        </message>
        <message>
            <source>No run matches. Import records first: Ctrl+Shift+I.</source>
            <translation>没有匹配的 Run。请先导入记录：Ctrl+Shift+I。</translation>
        </message>
        <message>
            <source>No runs yet</source>
            <translation>还没有 Run</translation>
        </message>
        <message>
            <source>No setting fits.</source>
            <translation>没有符合的设置。</translation>
        </message>
        <message>
            <source>No slot is free.</source>
            <translation>没有空闲时段。</translation>
        </message>
        <message>
            <source>No suggestion</source>
            <translation>没有建议</translation>
        </message>
        <message>
            <source>No tag yet. Write #words in a text, or press Ctrl+T.</source>
            <translation>还没有标签。在文字中写 #词，或按 Ctrl+T。</translation>
        </message>
        <message>
            <source>No template fits. An entry with the tag #template is one of your own.</source>
            <translation>没有符合的模板。带有标签 #template 的条目就是自定义模板。</translation>
        </message>
        <message>
            <source>No words for those who cannot see it</source>
            <translation>没有给看不见图片的人的文字</translation>
        </message>
        <message>
            <source>No writer is installed, so every sentence stays as you wrote it.</source>
            <translation>没有安装写作模型，因此每句都保持你写的原样。</translation>
        </message>
        <message>
            <source>No writing pack is installed yet.</source>
            <translation>尚未安装写作模型包。</translation>
        </message>
        <message>
            <source>Nobody publishes at the moment: what is due waits.</source>
            <translation>目前没有谁在发布：到期的内容会等待。</translation>
        </message>
        <message>
            <source>Nodes</source>
            <translation>节点</translation>
        </message>
        <message>
            <source>None is linked</source>
            <translation>没有链接的结果</translation>
        </message>
        <message>
            <source>Not an image that is shown here</source>
            <translation>不是可在此显示的图片</translation>
        </message>
        <message>
            <source>Not backed up yet</source>
            <translation>尚未备份</translation>
        </message>
        <message>
            <source>Not carried: {names}.</source>
            <translation>未带走：{names}。</translation>
        </message>
        <message>
            <source>Not drawn: {reason}</source>
            <translation>未绘制：{reason}</translation>
        </message>
        <message>
            <source>Not evaluated on this device yet. Until it has passed, it words nothing.</source>
            <translation>尚未在本机评测。通过之前不会改写任何文字。</translation>
        </message>
        <message>
            <source>Not found</source>
            <translation>未找到</translation>
        </message>
        <message>
            <source>Not installed</source>
            <translation>未安装</translation>
        </message>
        <message>
            <source>Not saved</source>
            <translation>未保存</translation>
        </message>
        <message>
            <source>Not saved. {why}</source>
            <translation>未保存。{why}</translation>
        </message>
        <message>
            <source>Not written yet: {name}</source>
            <translation>尚未写：{name}</translation>
        </message>
        <message>
            <source>Noted by a script</source>
            <translation>由脚本记录</translation>
        </message>
        <message>
            <source>Noted …</source>
            <translation>正在记下 …</translation>
        </message>
        <message>
            <source>Notes</source>
            <translation>笔记</translation>
        </message>
        <message>
            <source>Notes without a tag or a link wait here.</source>
            <translation>没有标签或链接的笔记在这里等待。</translation>
        </message>
        <message>
            <source>Nothing but the text</source>
            <translation>只留文字</translation>
        </message>
        <message>
            <source>Nothing changed between these two.</source>
            <translation>两者之间没有变化。</translation>
        </message>
        <message>
            <source>Nothing clashes: both sides' changes are in. The copy goes to the trash.</source>
            <translation>没有冲突：双方的改动都已并入。副本移到回收站。</translation>
        </message>
        <message>
            <source>Nothing else stands in the way</source>
            <translation>没有其他阻碍</translation>
        </message>
        <message>
            <source>Nothing fits</source>
            <translation>没有符合的内容</translation>
        </message>
        <message>
            <source>Nothing fits what is typed.</source>
            <translation>没有与输入相符的内容。</translation>
        </message>
        <message>
            <source>Nothing fits.</source>
            <translation>没有符合的项目。</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>没有找到</translation>
        </message>
        <message>
            <source>Nothing goes out on this day</source>
            <translation>这一天没有发布</translation>
        </message>
        <message>
            <source>Nothing goes out on this day.</source>
            <translation>这一天没有发布。</translation>
        </message>
        <message>
            <source>Nothing happened yet</source>
            <translation>还没有记录</translation>
        </message>
        <message>
            <source>Nothing is like it.</source>
            <translation>没有类似的内容。</translation>
        </message>
        <message>
            <source>Nothing is open</source>
            <translation>没有打开的内容</translation>
        </message>
        <message>
            <source>Nothing is scheduled</source>
            <translation>没有排期</translation>
        </message>
        <message>
            <source>Nothing leaves this computer. A cancelled eval keeps nothing.</source>
            <translation>任何内容都不会离开本机。取消的评测不会保留任何结果。</translation>
        </message>
        <message>
            <source>Nothing leaves this computer: no target sends anywhere.</source>
            <translation type="vanished">没有内容离开本机：没有会向外发送的目标。</translation>
        </message>
        <message>
            <source>Nothing leaves this computer: no target sends anywhere. Click for what is behind it.</source>
            <translation>任何内容都不会离开本机：没有会向外发送的目标。点击查看详情。</translation>
        </message>
        <message>
            <source>Nothing published yet</source>
            <translation>还没有发布</translation>
        </message>
        <message>
            <source>Nothing scheduled</source>
            <translation>没有排期</translation>
        </message>
        <message>
            <source>Nothing stands in the way</source>
            <translation>没有阻碍</translation>
        </message>
        <message>
            <source>Nothing to inspect</source>
            <translation>没有可查看的内容</translation>
        </message>
        <message>
            <source>Nothing to tell.</source>
            <translation>没有要说明的。</translation>
        </message>
        <message>
            <source>Nothing under #{tag}</source>
            <translation>#{tag} 下没有内容</translation>
        </message>
        <message>
            <source>Nothing waits to go out</source>
            <translation>没有等待发布的内容</translation>
        </message>
        <message>
            <source>Nothing was made yet</source>
            <translation>还没有生成内容</translation>
        </message>
        <message>
            <source>Nothing was published here yet</source>
            <translation>这里还没有发布过</translation>
        </message>
        <message>
            <source>Nothing was written yet</source>
            <translation>还没有写</translation>
        </message>
        <message>
            <source>Nothing written today</source>
            <translation>今天还没有写</translation>
        </message>
        <message>
            <source>Nothing yet. Type [[ in the text to link another entry.</source>
            <translation>还没有。在文字中输入 [[ 可链接另一个条目。</translation>
        </message>
        <message>
            <source>Nothing yet. What did this run teach you?</source>
            <translation>还没有内容。这个 Run 教会了你什么？</translation>
        </message>
        <message>
            <source>Nowhere to publish yet</source>
            <translation>还没有发布位置</translation>
        </message>
        <message>
            <source>Number the parts</source>
            <translation>为各部分编号</translation>
        </message>
        <message>
            <source>Numbered list</source>
            <translation>编号列表</translation>
        </message>
        <message>
            <source>Of a clone: which one to push to.</source>
            <translation>克隆的远程：推送到哪一个。</translation>
        </message>
        <message>
            <source>Of a thread that is made out of the post; 1 for a single message.</source>
            <translation>由文章生成的帖串最多几部分；1 表示单条消息。</translation>
        </message>
        <message>
            <source>Of the API.</source>
            <translation>API 的地址。</translation>
        </message>
        <message>
            <source>Of the blog, as https://example.org or https://example.org/blog.</source>
            <translation>博客的地址，如 https://example.org 或 https://example.org/blog。</translation>
        </message>
        <message>
            <source>Of the posts, as en or de; empty: as the post says.</source>
            <translation>文章的语言，如 en 或 de；留空：按文章所写。</translation>
        </message>
        <message>
            <source>Of your site; of Micro.blog: https://micro.blog.</source>
            <translation>你的网站的地址；Micro.blog 为 https://micro.blog。</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>关</translation>
        </message>
        <message>
            <source>Offline</source>
            <translation>离线</translation>
        </message>
        <message>
            <source>On</source>
            <translation>开</translation>
        </message>
        <message>
            <source>On the journal as it is now; both are kept</source>
            <translation>基于现在的日志；两者都保留</translation>
        </message>
        <message>
            <source>On this device</source>
            <translation>在本机</translation>
        </message>
        <message>
            <source>One message</source>
            <translation>一条消息</translation>
        </message>
        <message>
            <source>One or two sentences for lists and feeds</source>
            <translation>一两句话，用于列表和订阅源</translation>
        </message>
        <message>
            <source>One step to undo</source>
            <translation>一步即可撤销</translation>
        </message>
        <message>
            <source>Only a post goes out. Make a draft of this entry first.</source>
            <translation>只有文章才能发布。请先由此条目生成草稿。</translation>
        </message>
        <message>
            <source>Only an answer with one prompt can be asked with another.</source>
            <translation>只有用单个 Prompt 得到的回答才能换一个 Prompt 再问。</translation>
        </message>
        <message>
            <source>Only what was made from the open entry</source>
            <translation>只显示由打开的条目生成的内容</translation>
        </message>
        <message>
            <source>Only what you schedule or publish leaves this computer.</source>
            <translation type="vanished">只有排期或发布的内容才会离开本机。</translation>
        </message>
        <message>
            <source>Only what you schedule or publish leaves this computer. Click for what is behind it.</source>
            <translation>只有排期或发布的内容才会离开本机。点击查看详情。</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>Open Field Journal</source>
            <translation>打开 Field Journal</translation>
        </message>
        <message>
            <source>Open a copy</source>
            <translation>打开副本</translation>
        </message>
        <message>
            <source>Open an entry and press Draft: it becomes a post.</source>
            <translation>打开一个条目并按“草稿”：它就成为文章。</translation>
        </message>
        <message>
            <source>Open an entry first.</source>
            <translation>请先打开一个条目。</translation>
        </message>
        <message>
            <source>Open an entry to see its summary, its evidence, where it goes, and what is near it.</source>
            <translation>打开一个条目，查看它的摘要、依据、去向以及相近内容。</translation>
        </message>
        <message>
            <source>Open link</source>
            <translation>打开链接</translation>
        </message>
        <message>
            <source>Open or close</source>
            <translation>展开或收起</translation>
        </message>
        <message>
            <source>Open the entry</source>
            <translation>打开条目</translation>
        </message>
        <message>
            <source>Open the folder</source>
            <translation>打开文件夹</translation>
        </message>
        <message>
            <source>Open the page</source>
            <translation>打开页面</translation>
        </message>
        <message>
            <source>Open the post</source>
            <translation>打开文章</translation>
        </message>
        <message>
            <source>Open this address outside the journal?</source>
            <translation>在日志之外打开此地址？</translation>
        </message>
        <message>
            <source>Open this entry</source>
            <translation>打开此条目</translation>
        </message>
        <message>
            <source>Open this run</source>
            <translation>打开此 Run</translation>
        </message>
        <message>
            <source>Open {network}</source>
            <translation>打开 {network}</translation>
        </message>
        <message>
            <source>Opens the capture window from any program while Field Journal runs; empty: none.</source>
            <translation>Field Journal 运行时，在任何程序中打开记录窗口；留空：不用。</translation>
        </message>
        <message>
            <source>Optional; {id}, {slug} and {publication} are filled in.</source>
            <translation>可选；{id}、{slug} 和 {publication} 会被填入。</translation>
        </message>
        <message>
            <source>Organization</source>
            <translation>组织</translation>
        </message>
        <message>
            <source>Origin</source>
            <translation>来源</translation>
        </message>
        <message>
            <source>Other kind</source>
            <translation>其他类型</translation>
        </message>
        <message>
            <source>Other version of {rev}</source>
            <translation>{rev} 的另一版本</translation>
        </message>
        <message>
            <source>Out of the post's tags.</source>
            <translation>取自文章的标签。</translation>
        </message>
        <message>
            <source>Outline</source>
            <translation>大纲</translation>
        </message>
        <message>
            <source>Own mail addresses</source>
            <translation>自己的邮件地址</translation>
        </message>
        <message>
            <source>PDF</source>
            <translation>PDF</translation>
        </message>
        <message>
            <source>Pack</source>
            <translation>模型包</translation>
        </message>
        <message>
            <source>Pack {name}</source>
            <translation>模型包 {name}</translation>
        </message>
        <message>
            <source>Packages can add formats and places to publish. One that does not load is left out and named here; it never keeps the window from starting.</source>
            <translation>扩展包可以增加格式和发布位置。无法加载的会被跳过并列在这里，绝不会妨碍窗口启动。</translation>
        </message>
        <message>
            <source>Packs</source>
            <translation>模型包</translation>
        </message>
        <message>
            <source>Page to open</source>
            <translation>要打开的页面</translation>
        </message>
        <message>
            <source>Page {n} of {total}</source>
            <translation>第 {n} 页，共 {total} 页</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>页面</translation>
        </message>
        <message>
            <source>Paper</source>
            <translation>纸张</translation>
        </message>
        <message>
            <source>Part {n} is on the clipboard.</source>
            <translation>第 {n} 部分已在剪贴板。</translation>
        </message>
        <message>
            <source>Part {n} of {total}</source>
            <translation>第 {n} 部分，共 {total} 部分</translation>
        </message>
        <message>
            <source>Parts at most</source>
            <translation>最多部分数</translation>
        </message>
        <message>
            <source>Passed</source>
            <translation>通过</translation>
        </message>
        <message>
            <source>Paste as plain text</source>
            <translation>粘贴为纯文本</translation>
        </message>
        <message>
            <source>Pelican</source>
            <translation>Pelican</translation>
        </message>
        <message>
            <source>Period</source>
            <translation>时间段</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>发布位置</translation>
        </message>
        <message>
            <source>Place {at} of {all}</source>
            <translation>第 {at} 处，共 {all} 处</translation>
        </message>
        <message>
            <source>Places</source>
            <translation>发布位置</translation>
        </message>
        <message>
            <source>Places to publish</source>
            <translation>发布位置</translation>
        </message>
        <message>
            <source>Places to publish…</source>
            <translation>发布位置…</translation>
        </message>
        <message>
            <source>Plain text</source>
            <translation>纯文本</translation>
        </message>
        <message>
            <source>Post it there, then say that it is out.</source>
            <translation>在那里发布，然后说明已发出。</translation>
        </message>
        <message>
            <source>Posts</source>
            <translation>文章</translation>
        </message>
        <message>
            <source>Posts are written into this folder when they are due.</source>
            <translation>文章到期时写入此文件夹。</translation>
        </message>
        <message>
            <source>Posts are written into this folder when they are due. Nothing is sent anywhere.</source>
            <translation type="vanished">文章到期时写入此文件夹。不会向外发送任何内容。</translation>
        </message>
        <message>
            <source>Posts can go there.</source>
            <translation>文章可以发到那里。</translation>
        </message>
        <message>
            <source>Posts can go to {name} now.</source>
            <translation>文章现在可以发布到 {name}。</translation>
        </message>
        <message>
            <source>Posts of one series are linked to each other.</source>
            <translation>同一系列的文章互相链接。</translation>
        </message>
        <message>
            <source>Posts that went out stay here.</source>
            <translation>已发布的文章留在这里。</translation>
        </message>
        <message>
            <source>Posts with a date wait here.</source>
            <translation>定了日期的文章在这里等待。</translation>
        </message>
        <message>
            <source>Preferences › Development › New application, with read and write.</source>
            <translation>首选项 › 开发 › 新建应用，带 read 和 write 权限。</translation>
        </message>
        <message>
            <source>Preflight</source>
            <translation>发布前检查</translation>
        </message>
        <message>
            <source>Preflight …</source>
            <translation>发布前检查 …</translation>
        </message>
        <message>
            <source>Preflight: nothing in the way</source>
            <translation>发布前检查：没有阻碍</translation>
        </message>
        <message>
            <source>Preflight: {found}</source>
            <translation>发布前检查：{found}</translation>
        </message>
        <message>
            <source>Press the keys</source>
            <translation>请按键</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>预览</translation>
        </message>
        <message>
            <source>Preview beside the editor.</source>
            <translation>编辑器旁的预览。</translation>
        </message>
        <message>
            <source>Preview of the entry</source>
            <translation>条目的预览</translation>
        </message>
        <message>
            <source>Previous (Shift+Enter)</source>
            <translation>上一个（Shift+Enter）</translation>
        </message>
        <message>
            <source>Previous pane</source>
            <translation>上一个窗格</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>进度</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>Prompt</translation>
        </message>
        <message>
            <source>Prompt as sent</source>
            <translation>发送的 Prompt</translation>
        </message>
        <message>
            <source>Prompt, checks and device, in the transcript</source>
            <translation>Prompt、检查和设备，见生成记录</translation>
        </message>
        <message>
            <source>Publications of the day</source>
            <translation>当天的发布</translation>
        </message>
        <message>
            <source>Publish</source>
            <translation>发布</translation>
        </message>
        <message>
            <source>Publish now</source>
            <translation>立即发布</translation>
        </message>
        <message>
            <source>Publish now …</source>
            <translation>立即发布 …</translation>
        </message>
        <message>
            <source>Publish the changes …</source>
            <translation>发布改动 …</translation>
        </message>
        <message>
            <source>Publish this post now…</source>
            <translation>立即发布此文章…</translation>
        </message>
        <message>
            <source>Publish when it is ready</source>
            <translation>成熟了再发布</translation>
        </message>
        <message>
            <source>Publish “{title}”</source>
            <translation>发布“{title}”</translation>
        </message>
        <message>
            <source>Publish “{title}” now?</source>
            <translation>立即发布“{title}”？</translation>
        </message>
        <message>
            <source>Publish “{title}” to {target} now?</source>
            <translation>立即将“{title}”发布到 {target}？</translation>
        </message>
        <message>
            <source>Published</source>
            <translation>已发布</translation>
        </message>
        <message>
            <source>Published “{title}” to {target}.</source>
            <translation>已将“{title}”发布到 {target}。</translation>
        </message>
        <message>
            <source>Published: {title}</source>
            <translation>已发布：{title}</translation>
        </message>
        <message>
            <source>Publishing</source>
            <translation>发布</translation>
        </message>
        <message>
            <source>Publishing …</source>
            <translation>正在发布 …</translation>
        </message>
        <message>
            <source>Publishing…</source>
            <translation>发布…</translation>
        </message>
        <message>
            <source>Put into the queue</source>
            <translation>加入队列</translation>
        </message>
        <message>
            <source>Put it in at the caret</source>
            <translation>放到光标处</translation>
        </message>
        <message>
            <source>Put it in place of the text that you selected</source>
            <translation>替换选中的文字</translation>
        </message>
        <message>
            <source>Put it into the open entry at the caret</source>
            <translation>放到打开条目的光标处</translation>
        </message>
        <message>
            <source>Put the caret into a table first.</source>
            <translation>请先把光标放进表格。</translation>
        </message>
        <message>
            <source>Put the sentences at the end of the text</source>
            <translation>把句子放到文末</translation>
        </message>
        <message>
            <source>Qt has no WebEngine for Windows on ARM yet: drawings stay text.</source>
            <translation>Qt 尚无适用于 Windows ARM 的 WebEngine：图表以文本显示。</translation>
        </message>
        <message>
            <source>Quarto</source>
            <translation>Quarto</translation>
        </message>
        <message>
            <source>Question</source>
            <translation>问题</translation>
        </message>
        <message>
            <source>Queue</source>
            <translation>队列</translation>
        </message>
        <message>
            <source>Queue a draft …</source>
            <translation>草稿加入队列 …</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>退出</translation>
        </message>
        <message>
            <source>Quits</source>
            <translation>退出程序</translation>
        </message>
        <message>
            <source>Quote</source>
            <translation>引用</translation>
        </message>
        <message>
            <source>Read</source>
            <translation>读取</translation>
        </message>
        <message>
            <source>Read again</source>
            <translation>重新读取</translation>
        </message>
        <message>
            <source>Read entries with the model while nobody writes, so that related ones are found.</source>
            <translation>在没有人书写时用模型读取条目，以便找到相关条目。</translation>
        </message>
        <message>
            <source>Read what is older</source>
            <translation>查看更早的</translation>
        </message>
        <message>
            <source>Readers will not find it any more. Its text and history stay here.</source>
            <translation>读者将不再能找到它。文字和历史留在这里。</translation>
        </message>
        <message>
            <source>Reading entries for “More like this”</source>
            <translation>正在为“更多类似”读取条目</translation>
        </message>
        <message>
            <source>Reading the image …</source>
            <translation>正在读取图片 …</translation>
        </message>
        <message>
            <source>Reading …</source>
            <translation>正在读取 …</translation>
        </message>
        <message>
            <source>Reading … {done} of {all}</source>
            <translation>正在读取 … {done}/{all}</translation>
        </message>
        <message>
            <source>Reading … {done} of {total} sentences</source>
            <translation>正在读取 … 第 {done}/{total} 句</translation>
        </message>
        <message>
            <source>Reading … {done} of {total} tokens</source>
            <translation>正在读取 … 第 {done}/{total} 个 token</translation>
        </message>
        <message>
            <source>Reads</source>
            <translation>读取</translation>
        </message>
        <message>
            <source>Reads: finds and summarizes</source>
            <translation>读取：查找和摘要</translation>
        </message>
        <message>
            <source>Recorded evals</source>
            <translation>已记录的评测</translation>
        </message>
        <message>
            <source>Records (*.json *.jsonl *.csv *.log *.txt *.md *.db);;All files (*)</source>
            <translation>记录 (*.json *.jsonl *.csv *.log *.txt *.md *.db);;所有文件 (*)</translation>
        </message>
        <message>
            <source>Regular expression</source>
            <translation>正则表达式</translation>
        </message>
        <message>
            <source>Related</source>
            <translation>相关内容</translation>
        </message>
        <message>
            <source>Relation</source>
            <translation>关系</translation>
        </message>
        <message>
            <source>Remote</source>
            <translation>远程</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>移除</translation>
        </message>
        <message>
            <source>Remove #{tag}</source>
            <translation>移除 #{tag}</translation>
        </message>
        <message>
            <source>Remove a tag</source>
            <translation>移除标签</translation>
        </message>
        <message>
            <source>Remove a tag…</source>
            <translation>移除标签…</translation>
        </message>
        <message>
            <source>Remove all</source>
            <translation>全部移除</translation>
        </message>
        <message>
            <source>Remove the gate {name}</source>
            <translation>移除关卡 {name}</translation>
        </message>
        <message>
            <source>Remove the pack</source>
            <translation>移除模型包</translation>
        </message>
        <message>
            <source>Remove the place</source>
            <translation>移除发布位置</translation>
        </message>
        <message>
            <source>Remove the star</source>
            <translation>取消加星</translation>
        </message>
        <message>
            <source>Remove this link</source>
            <translation>移除此链接</translation>
        </message>
        <message>
            <source>Remove {name}</source>
            <translation>移除 {name}</translation>
        </message>
        <message>
            <source>Remove {name} from this computer?</source>
            <translation>从本机移除 {name}？</translation>
        </message>
        <message>
            <source>Remove {name}: {value}</source>
            <translation>移除{name}：{value}</translation>
        </message>
        <message>
            <source>Remove {name}?</source>
            <translation>移除 {name}？</translation>
        </message>
        <message numerus="yes">
            <source>Remove {n} entry for good?|Remove {n} entries for good?</source>
            <translation>
                <numerusform>永久移除 {n} 个条目？</numerusform>
            </translation>
        </message>
        <message>
            <source>Remove …</source>
            <translation>移除 …</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>重命名</translation>
        </message>
        <message>
            <source>Rename #{tag} everywhere</source>
            <translation>到处重命名 #{tag}</translation>
        </message>
        <message>
            <source>Rename everywhere…</source>
            <translation>到处重命名…</translation>
        </message>
        <message>
            <source>Rename this search</source>
            <translation>重命名此搜索</translation>
        </message>
        <message>
            <source>Renamed to “{title}”.</source>
            <translation>已重命名为“{title}”。</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>重命名…</translation>
        </message>
        <message>
            <source>Repeats</source>
            <translation>重复自</translation>
        </message>
        <message>
            <source>Replace</source>
            <translation>替换</translation>
        </message>
        <message>
            <source>Replace (Ctrl+H)</source>
            <translation>替换（Ctrl+H）</translation>
        </message>
        <message>
            <source>Replace all</source>
            <translation>全部替换</translation>
        </message>
        <message>
            <source>Replace and go on</source>
            <translation>替换并继续</translation>
        </message>
        <message>
            <source>Replace selection</source>
            <translation>替换选区</translation>
        </message>
        <message>
            <source>Replace with</source>
            <translation>替换为</translation>
        </message>
        <message>
            <source>Repository</source>
            <translation>仓库</translation>
        </message>
        <message>
            <source>Reschedule</source>
            <translation>重新排期</translation>
        </message>
        <message>
            <source>Restore</source>
            <translation>恢复</translation>
        </message>
        <message>
            <source>Restore from the trash</source>
            <translation>从回收站恢复</translation>
        </message>
        <message>
            <source>Restored from {rev}</source>
            <translation>从 {rev} 恢复</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>结果</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>Reviews</source>
            <translation>回顾</translation>
        </message>
        <message>
            <source>Revision</source>
            <translation>版本</translation>
        </message>
        <message>
            <source>Rewording is switched off in the settings.</source>
            <translation>改写已在设置中关闭。</translation>
        </message>
        <message>
            <source>Rewritten summaries</source>
            <translation>改写摘要</translation>
        </message>
        <message>
            <source>Right and Left turn the pages, Esc ends the tour.</source>
            <translation>左右方向键翻页，Esc 结束导览。</translation>
        </message>
        <message>
            <source>Rule</source>
            <translation>分隔线</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>Run</translation>
        </message>
        <message>
            <source>Run again</source>
            <translation>再次运行</translation>
        </message>
        <message>
            <source>Run as a trial</source>
            <translation>作为试验运行</translation>
        </message>
        <message>
            <source>Run card</source>
            <translation>Run 卡片</translation>
        </message>
        <message>
            <source>Run it again on the text as it is now</source>
            <translation>用当前文字再运行一次</translation>
        </message>
        <message>
            <source>Run {name}, {status}, {value}</source>
            <translation>Run {name}，{status}，{value}</translation>
        </message>
        <message>
            <source>Run {name}, {status}.</source>
            <translation>Run {name}，{status}。</translation>
        </message>
        <message>
            <source>Runs</source>
            <translation>Run</translation>
        </message>
        <message>
            <source>Runs of the gate</source>
            <translation>关卡的历次评测</translation>
        </message>
        <message>
            <source>Runs on</source>
            <translation>运行于</translation>
        </message>
        <message>
            <source>Runs on this computer only</source>
            <translation>只在本机运行</translation>
        </message>
        <message>
            <source>Runs side by side: a table of what they share, and which is best where that is known.</source>
            <translation>并排比较 Run：列出共有的项目，能判断时指出哪个最好。</translation>
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
            <translation>保存</translation>
        </message>
        <message>
            <source>Save a screenshot, then paste it here.</source>
            <translation>请先保存截图，再粘贴到这里。</translation>
        </message>
        <message>
            <source>Save as</source>
            <translation>另存为</translation>
        </message>
        <message>
            <source>Save as …</source>
            <translation>另存为 …</translation>
        </message>
        <message>
            <source>Save as…</source>
            <translation>另存为…</translation>
        </message>
        <message>
            <source>Save it to a file first.</source>
            <translation>请先保存到文件。</translation>
        </message>
        <message>
            <source>Save the text as</source>
            <translation>将文字另存为</translation>
        </message>
        <message>
            <source>Save this search</source>
            <translation>保存此搜索</translation>
        </message>
        <message>
            <source>Save this search…</source>
            <translation>保存此搜索…</translation>
        </message>
        <message>
            <source>Saved as {path}.</source>
            <translation>已另存为 {path}。</translation>
        </message>
        <message>
            <source>Saved as “{name}”.</source>
            <translation>已保存为“{name}”。</translation>
        </message>
        <message>
            <source>Saved while writing</source>
            <translation>书写时保存</translation>
        </message>
        <message>
            <source>Saved {path}</source>
            <translation>已保存 {path}</translation>
        </message>
        <message>
            <source>Saved.</source>
            <translation>已保存。</translation>
        </message>
        <message>
            <source>Say what it stands on</source>
            <translation>说明依据</translation>
        </message>
        <message>
            <source>Say where and when it goes out</source>
            <translation>指定发布的位置和时间</translation>
        </message>
        <message>
            <source>Say where and when this post goes out</source>
            <translation>指定此文章发布的位置和时间</translation>
        </message>
        <message>
            <source>Say which run this is about</source>
            <translation>指明这是关于哪个 Run</translation>
        </message>
        <message>
            <source>Says this title without a link</source>
            <translation>提到此标题但没有链接</translation>
        </message>
        <message>
            <source>Schedule</source>
            <translation>排期</translation>
        </message>
        <message>
            <source>Schedule a draft …</source>
            <translation>为草稿排期 …</translation>
        </message>
        <message>
            <source>Schedule for {day}</source>
            <translation>排到 {day}</translation>
        </message>
        <message>
            <source>Schedule this post</source>
            <translation>为此文章排期</translation>
        </message>
        <message>
            <source>Schedule this post…</source>
            <translation>为此文章排期…</translation>
        </message>
        <message>
            <source>Schedule …</source>
            <translation>排期 …</translation>
        </message>
        <message>
            <source>Scheduled</source>
            <translation>已排期</translation>
        </message>
        <message>
            <source>Scheduled: {wall} {zone} → {target}</source>
            <translation>已排期：{wall} {zone} → {target}</translation>
        </message>
        <message>
            <source>Score {score}, threshold {rule}</source>
            <translation>得分 {score}，阈值 {rule}</translation>
        </message>
        <message>
            <source>Search all entries</source>
            <translation>搜索全部条目</translation>
        </message>
        <message>
            <source>Search runs</source>
            <translation>搜索 Run</translation>
        </message>
        <message>
            <source>Search the help</source>
            <translation>搜索帮助</translation>
        </message>
        <message>
            <source>Search the settings</source>
            <translation>搜索设置</translation>
        </message>
        <message>
            <source>Searches</source>
            <translation>搜索</translation>
        </message>
        <message>
            <source>Second folder</source>
            <translation>第二个文件夹</translation>
        </message>
        <message>
            <source>Secret</source>
            <translation>密钥</translation>
        </message>
        <message>
            <source>Sections</source>
            <translation>分类</translation>
        </message>
        <message>
            <source>Sections and tags</source>
            <translation>分类和标签</translation>
        </message>
        <message>
            <source>Sections of the sidebar, up to Ctrl+9</source>
            <translation>侧栏的各个分类，直到 Ctrl+9</translation>
        </message>
        <message>
            <source>See why …</source>
            <translation>查看原因 …</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>种子</translation>
        </message>
        <message>
            <source>Select all</source>
            <translation>全选</translation>
        </message>
        <message>
            <source>Select every occurrence</source>
            <translation>选中所有匹配处</translation>
        </message>
        <message>
            <source>Select only one</source>
            <translation>只选一个</translation>
        </message>
        <message>
            <source>Select the next occurrence too</source>
            <translation>同时选中下一处</translation>
        </message>
        <message>
            <source>Selected entries</source>
            <translation>选中的条目</translation>
        </message>
        <message>
            <source>Sentences in a summary.</source>
            <translation>摘要中的句数。</translation>
        </message>
        <message>
            <source>Sentences of summaries in the words of the writing model: auto where it passed the gate on this device, or never.</source>
            <translation>用写作模型的措辞改写摘要中的句子：在它于本机通过关卡时自动进行，或从不。</translation>
        </message>
        <message>
            <source>Sentences of the journal that answer, each with its entry; or that it does not know.</source>
            <translation>日志中能回答问题的句子，每句附上条目；没有则说不知道。</translation>
        </message>
        <message>
            <source>Sentences that fell back</source>
            <translation>退回原句的句子</translation>
        </message>
        <message>
            <source>Series</source>
            <translation>系列</translation>
        </message>
        <message>
            <source>Server</source>
            <translation>服务器</translation>
        </message>
        <message>
            <source>Services and newsletters</source>
            <translation>服务与简报</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>Settings of {name}</source>
            <translation>{name} 的设置</translation>
        </message>
        <message>
            <source>Settings › Privacy and security › App passwords; never the password of the account.</source>
            <translation>设置 › 隐私和安全 › 应用密码；绝不是账户的密码。</translation>
        </message>
        <message>
            <source>Settings → Extensions → DEV API Keys.</source>
            <translation>Settings → Extensions → DEV API Keys。</translation>
        </message>
        <message>
            <source>Settings → Integrations → Add custom integration in Ghost.</source>
            <translation>在 Ghost 中：Settings → Integrations → Add custom integration。</translation>
        </message>
        <message>
            <source>Settings…</source>
            <translation>设置…</translation>
        </message>
        <message>
            <source>Shortcuts</source>
            <translation>快捷键</translation>
        </message>
        <message>
            <source>Shorten</source>
            <translation>缩短</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>Show drafts</source>
            <translation>显示草稿</translation>
        </message>
        <message>
            <source>Show evals</source>
            <translation>查看评测</translation>
        </message>
        <message>
            <source>Show everything</source>
            <translation>显示全部</translation>
        </message>
        <message>
            <source>Show packs</source>
            <translation>查看模型包</translation>
        </message>
        <message>
            <source>Show runs</source>
            <translation>显示 Run</translation>
        </message>
        <message>
            <source>Show the licence</source>
            <translation>显示许可证</translation>
        </message>
        <message>
            <source>Show the other</source>
            <translation>显示另一个</translation>
        </message>
        <message>
            <source>Show the queue</source>
            <translation>显示队列</translation>
        </message>
        <message>
            <source>Show the rendered text (Ctrl+E)</source>
            <translation>显示排版后的文字（Ctrl+E）</translation>
        </message>
        <message>
            <source>Show the rest</source>
            <translation>显示其余部分</translation>
        </message>
        <message>
            <source>Show the whole day</source>
            <translation>显示全天</translation>
        </message>
        <message>
            <source>Show what comes before</source>
            <translation>显示前面的内容</translation>
        </message>
        <message>
            <source>Show what is linked around it</source>
            <translation>显示周围的链接</translation>
        </message>
        <message>
            <source>Show what is scheduled</source>
            <translation>显示排期</translation>
        </message>
        <message>
            <source>Show what it finds</source>
            <translation>显示检查结果</translation>
        </message>
        <message>
            <source>Show where this stands in the text</source>
            <translation>显示它在文中的位置</translation>
        </message>
        <message numerus="yes">
            <source>Show {n} more|Show {n} more</source>
            <translation>
                <numerusform>再显示 {n} 条</numerusform>
            </translation>
        </message>
        <message>
            <source>Show {what}</source>
            <translation>显示{what}</translation>
        </message>
        <message>
            <source>Shown first; the text is folded under it.</source>
            <translation>先显示它；正文折叠在其下。</translation>
        </message>
        <message>
            <source>Side by side</source>
            <translation>并排</translation>
        </message>
        <message>
            <source>Signs the messages: whsec_ and base64.</source>
            <translation>为消息签名：whsec_ 加 base64。</translation>
        </message>
        <message>
            <source>Similar</source>
            <translation>相似</translation>
        </message>
        <message>
            <source>Similar title</source>
            <translation>相似的标题</translation>
        </message>
        <message>
            <source>Since Monday</source>
            <translation>周一以来</translation>
        </message>
        <message>
            <source>Since a day</source>
            <translation>自某日起</translation>
        </message>
        <message>
            <source>Since the run before: {what}</source>
            <translation>自上次评测以来：{what}</translation>
        </message>
        <message>
            <source>Site</source>
            <translation type="vanished">网站</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <source>Size of everything in the window.</source>
            <translation>窗口中一切内容的大小。</translation>
        </message>
        <message>
            <source>Slots and closed days</source>
            <translation>时段与停发日</translation>
        </message>
        <message>
            <source>Slug</source>
            <translation>Slug</translation>
        </message>
        <message>
            <source>Social networks</source>
            <translation>社交网络</translation>
        </message>
        <message>
            <source>Some places are not decided yet: choose, or edit the text.</source>
            <translation>有些地方尚未决定：请选择，或编辑文字。</translation>
        </message>
        <message>
            <source>Something stands in the way: see at the right.</source>
            <translation>有阻碍：请看右侧。</translation>
        </message>
        <message>
            <source>Something went wrong in the program.</source>
            <translation>程序出了问题。</translation>
        </message>
        <message>
            <source>Sort the list</source>
            <translation>列表排序</translation>
        </message>
        <message>
            <source>Sort the list: by title</source>
            <translation>列表排序：按标题</translation>
        </message>
        <message>
            <source>Sort the list: last change first</source>
            <translation>列表排序：最近改动在前</translation>
        </message>
        <message>
            <source>Sort the list: newest first</source>
            <translation>列表排序：最新在前</translation>
        </message>
        <message>
            <source>Sources</source>
            <translation>出处</translation>
        </message>
        <message>
            <source>Spell check: what is missing</source>
            <translation>拼写检查：缺少什么</translation>
        </message>
        <message>
            <source>Spelling</source>
            <translation>拼写</translation>
        </message>
        <message>
            <source>Spelling is checked.</source>
            <translation>正在检查拼写。</translation>
        </message>
        <message>
            <source>Spelling is not checked.</source>
            <translation>不检查拼写。</translation>
        </message>
        <message>
            <source>Standard</source>
            <translation>标准</translation>
        </message>
        <message>
            <source>Stands at {place}</source>
            <translation>位于 {place}</translation>
        </message>
        <message>
            <source>Star</source>
            <translation>加星</translation>
        </message>
        <message>
            <source>State</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>State: {text}</source>
            <translation>状态：{text}</translation>
        </message>
        <message>
            <source>Still true?</source>
            <translation>现在还成立吗？</translation>
        </message>
        <message>
            <source>Stopped. The next try goes on from there.</source>
            <translation>已停止。下次会从这里继续。</translation>
        </message>
        <message>
            <source>Strike through</source>
            <translation>删除线</translation>
        </message>
        <message>
            <source>Subheading</source>
            <translation>小标题</translation>
        </message>
        <message>
            <source>Such as: sent to the team</source>
            <translation>例如：已发给团队</translation>
        </message>
        <message>
            <source>Suggestions</source>
            <translation>建议</translation>
        </message>
        <message>
            <source>Summaries and answers of / commands are kept here: what was sent, what came back, which checks it passed, and on which device.</source>
            <translation>摘要和 / 命令的回答保存在这里：发送了什么、返回了什么、通过了哪些检查、在哪个设备上。</translation>
        </message>
        <message>
            <source>Summaries need a small model on this computer. Click to install it.</source>
            <translation>摘要需要本机上的一个小模型。点击即可安装。</translation>
        </message>
        <message>
            <source>Summaries need a small model on this computer: `journal model install`.</source>
            <translation type="vanished">摘要需要在本机安装一个小模型：`journal model install`。</translation>
        </message>
        <message>
            <source>Summarize</source>
            <translation>生成摘要</translation>
        </message>
        <message>
            <source>Summarize on this computer</source>
            <translation>在本机生成摘要</translation>
        </message>
        <message>
            <source>Summarize the present text</source>
            <translation>为当前文字生成摘要</translation>
        </message>
        <message>
            <source>Summarize this week</source>
            <translation>汇总本周</translation>
        </message>
        <message>
            <source>Summarizing …</source>
            <translation type="vanished">正在生成摘要 …</translation>
        </message>
        <message>
            <source>Summary</source>
            <translation>摘要</translation>
        </message>
        <message>
            <source>Summary of this entry</source>
            <translation type="vanished">此条目的摘要</translation>
        </message>
        <message>
            <source>Summary sentence: {text}</source>
            <translation>摘要句：{text}</translation>
        </message>
        <message>
            <source>Table</source>
            <translation>表格</translation>
        </message>
        <message>
            <source>Table of runs</source>
            <translation>Run 表格</translation>
        </message>
        <message>
            <source>Table: add a column at the left</source>
            <translation>表格：在左侧插入列</translation>
        </message>
        <message>
            <source>Table: add a column at the right</source>
            <translation>表格：在右侧插入列</translation>
        </message>
        <message>
            <source>Table: add a row above</source>
            <translation>表格：在上方插入行</translation>
        </message>
        <message>
            <source>Table: add a row below</source>
            <translation>表格：在下方插入行</translation>
        </message>
        <message>
            <source>Table: align the column left</source>
            <translation>表格：列左对齐</translation>
        </message>
        <message>
            <source>Table: align the column right</source>
            <translation>表格：列右对齐</translation>
        </message>
        <message>
            <source>Table: align the column to the middle</source>
            <translation>表格：列居中</translation>
        </message>
        <message>
            <source>Table: move the column left</source>
            <translation>表格：左移列</translation>
        </message>
        <message>
            <source>Table: move the column right</source>
            <translation>表格：右移列</translation>
        </message>
        <message>
            <source>Table: move the row down</source>
            <translation>表格：下移行</translation>
        </message>
        <message>
            <source>Table: move the row up</source>
            <translation>表格：上移行</translation>
        </message>
        <message>
            <source>Table: no alignment for the column</source>
            <translation>表格：列不设对齐</translation>
        </message>
        <message>
            <source>Table: remove the column</source>
            <translation>表格：删除列</translation>
        </message>
        <message>
            <source>Table: remove the row</source>
            <translation>表格：删除行</translation>
        </message>
        <message>
            <source>Tag</source>
            <translation>标签</translation>
        </message>
        <message>
            <source>Tag {tag}</source>
            <translation>标签 {tag}</translation>
        </message>
        <message>
            <source>Tags</source>
            <translation>标签</translation>
        </message>
        <message>
            <source>Tags that the journal has and that fit, then words that the text repeats.</source>
            <translation>日志已有且合适的标签，其次是文中反复出现的词。</translation>
        </message>
        <message>
            <source>Take a key with Ctrl, Alt or Meta, such as Ctrl+Alt+J, or a function key.</source>
            <translation>请选带 Ctrl、Alt 或 Meta 的按键，如 Ctrl+Alt+J，或一个功能键。</translation>
        </message>
        <message>
            <source>Take back</source>
            <translation>撤回</translation>
        </message>
        <message>
            <source>Take back “{title}”</source>
            <translation>撤回“{title}”</translation>
        </message>
        <message>
            <source>Take back …</source>
            <translation>撤回 …</translation>
        </message>
        <message>
            <source>Take it from an environment variable instead</source>
            <translation>改为取自环境变量</translation>
        </message>
        <message>
            <source>Take off</source>
            <translation>撤下</translation>
        </message>
        <message>
            <source>Take off this entry</source>
            <translation>从此条目移除</translation>
        </message>
        <message>
            <source>Take this post off the schedule</source>
            <translation>把此文章从排期中撤下</translation>
        </message>
        <message>
            <source>Take “{title}” back from {target}?</source>
            <translation>从 {target} 撤回“{title}”？</translation>
        </message>
        <message>
            <source>Taken back: {title}</source>
            <translation>已撤回：{title}</translation>
        </message>
        <message>
            <source>Taken off {target}.</source>
            <translation>已从 {target} 撤下。</translation>
        </message>
        <message>
            <source>Takes effect at the next start of Field Journal.</source>
            <translation type="vanished">下次启动 Field Journal 时生效。</translation>
        </message>
        <message>
            <source>Takes effect at the next start.</source>
            <translation>下次启动时生效。</translation>
        </message>
        <message>
            <source>Taking it back …</source>
            <translation>正在撤回 …</translation>
        </message>
        <message>
            <source>Taking it off …</source>
            <translation>正在撤下 …</translation>
        </message>
        <message>
            <source>Target</source>
            <translation>目标</translation>
        </message>
        <message>
            <source>Task</source>
            <translation>任务</translation>
        </message>
        <message>
            <source>Template of the daily note</source>
            <translation>每日笔记的模板</translation>
        </message>
        <message>
            <source>Template of the note of the day: a name that `journal templates` lists.</source>
            <translation>每日笔记的模板：`journal templates` 列出的一个名称。</translation>
        </message>
        <message>
            <source>Templates</source>
            <translation>模板</translation>
        </message>
        <message>
            <source>Test</source>
            <translation>测试</translation>
        </message>
        <message>
            <source>Test again</source>
            <translation>重新测试</translation>
        </message>
        <message>
            <source>Test and keep</source>
            <translation>测试并保存</translation>
        </message>
        <message>
            <source>Test {target}</source>
            <translation>测试 {target}</translation>
        </message>
        <message>
            <source>Testing asks the server who you are. Nothing is sent before a post is due.</source>
            <translation>测试会询问服务器你的身份。文章到期之前不会发送任何内容。</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>文字</translation>
        </message>
        <message>
            <source>Text as</source>
            <translation>文字格式</translation>
        </message>
        <message>
            <source>Text of the entry, Markdown</source>
            <translation>条目的文字，Markdown</translation>
        </message>
        <message>
            <source>Text of the note</source>
            <translation>笔记的文字</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>文字大小</translation>
        </message>
        <message>
            <source>Text that was asked about</source>
            <translation>所问的文字</translation>
        </message>
        <message>
            <source>That is a closed day ({name}). It goes out all the same.</source>
            <translation>那天是停发日（{name}）。文章照常发出。</translation>
        </message>
        <message>
            <source>The Forem site.</source>
            <translation>Forem 网站的地址。</translation>
        </message>
        <message>
            <source>The X server does not let us have a key.</source>
            <translation>X 服务器不允许占用按键。</translation>
        </message>
        <message>
            <source>The agent publishes, also with the window closed.</source>
            <translation>由后台代理发布，窗口关闭时也照常。</translation>
        </message>
        <message>
            <source>The answer</source>
            <translation>回答</translation>
        </message>
        <message>
            <source>The answer is checked as always, kept beside this one, and marked as a trial.</source>
            <translation>回答照常检查，与这一个并存，并标为试验。</translation>
        </message>
        <message>
            <source>The answer is made of your own sentences, each with its entry. Where the notes do not say, it says so. Nothing leaves this computer.</source>
            <translation>回答由你自己的句子组成，每句都附上条目。笔记里没有的，会直接说明。任何内容都不会离开本机。</translation>
        </message>
        <message>
            <source>The answer is on the clipboard.</source>
            <translation>回答已在剪贴板。</translation>
        </message>
        <message>
            <source>The browser's sandbox cannot be started on this computer.</source>
            <translation>无法在此计算机上启动浏览器沙盒。</translation>
        </message>
        <message>
            <source>The browser's sandbox does not work for root: drawings stay text.</source>
            <translation>浏览器沙盒不支持 root 用户：图表以文本显示。</translation>
        </message>
        <message>
            <source>The code is on the clipboard.</source>
            <translation>代码已在剪贴板。</translation>
        </message>
        <message>
            <source>The desktop did not give a key for capture.</source>
            <translation>桌面没有提供记录用的按键。</translation>
        </message>
        <message>
            <source>The dictionary {name} cannot be read.</source>
            <translation>无法读取词典 {name}。</translation>
        </message>
        <message>
            <source>The drawing cannot be read.</source>
            <translation>无法读取图表。</translation>
        </message>
        <message>
            <source>The drawing is empty.</source>
            <translation>图表为空。</translation>
        </message>
        <message>
            <source>The drawing is too large.</source>
            <translation>图表过大。</translation>
        </message>
        <message>
            <source>The drawing program did not start in time.</source>
            <translation>绘图程序未能及时启动。</translation>
        </message>
        <message>
            <source>The drawing program does not start: {why}</source>
            <translation>绘图程序无法启动：{why}</translation>
        </message>
        <message>
            <source>The drawing program ended: the drawing may be too large.</source>
            <translation>绘图程序已退出：图表可能过大。</translation>
        </message>
        <message>
            <source>The entry could not be saved: {error}.</source>
            <translation>无法保存条目：{error}。</translation>
        </message>
        <message>
            <source>The file cannot be read: {reason}.</source>
            <translation>无法读取文件：{reason}。</translation>
        </message>
        <message>
            <source>The file is missing</source>
            <translation>文件缺失</translation>
        </message>
        <message>
            <source>The file is missing, or too large to show.</source>
            <translation>文件缺失，或过大无法显示。</translation>
        </message>
        <message>
            <source>The file is missing: {name}</source>
            <translation>文件缺失：{name}</translation>
        </message>
        <message>
            <source>The file was damaged</source>
            <translation>文件已损坏</translation>
        </message>
        <message>
            <source>The first four pictures of the post, with their text for people who do not see them.</source>
            <translation>文章的前四张图片，附替代文字。</translation>
        </message>
        <message>
            <source>The first version</source>
            <translation>第一个版本</translation>
        </message>
        <message>
            <source>The folder of the site</source>
            <translation>网站的文件夹</translation>
        </message>
        <message>
            <source>The folder that holds your site</source>
            <translation>存放网站的文件夹</translation>
        </message>
        <message>
            <source>The gate {name} is removed.</source>
            <translation>已移除关卡 {name}。</translation>
        </message>
        <message>
            <source>The image is damaged</source>
            <translation>图片已损坏</translation>
        </message>
        <message>
            <source>The inbox is empty</source>
            <translation>收件箱是空的</translation>
        </message>
        <message>
            <source>The index needs the embedding model.</source>
            <translation>索引需要嵌入模型。</translation>
        </message>
        <message>
            <source>The journal keeps the name of the variable. It has to be set where it runs.</source>
            <translation>日志只保存变量的名称。变量须在运行处设置。</translation>
        </message>
        <message>
            <source>The last 7 days</source>
            <translation>最近 7 天</translation>
        </message>
        <message>
            <source>The last time it took {n} min.</source>
            <translation>上次用了 {n} 分钟。</translation>
        </message>
        <message>
            <source>The merged text</source>
            <translation>合并后的文字</translation>
        </message>
        <message>
            <source>The model's wording was left out: {why}.</source>
            <translation>未采用模型的措辞：{why}。</translation>
        </message>
        <message>
            <source>The new text goes out.</source>
            <translation>将发出新文本。</translation>
        </message>
        <message>
            <source>The new text of “{title}” goes out.</source>
            <translation>将发出“{title}”的新文本。</translation>
        </message>
        <message>
            <source>The newest run drifted: {what}.</source>
            <translation>最近一次评测出现漂移：{what}。</translation>
        </message>
        <message>
            <source>The number of one to publish under.</source>
            <translation>以哪个组织的名义发布：填其编号。</translation>
        </message>
        <message numerus="yes">
            <source>The oldest has been there for {n} day.|The oldest has been there for {n} days.</source>
            <translation>
                <numerusform>最早的已放了 {n} 天。</numerusform>
            </translation>
        </message>
        <message>
            <source>The one sentence that carries most.</source>
            <translation>最关键的一句。</translation>
        </message>
        <message>
            <source>The order is as it was.</source>
            <translation>顺序已恢复原样。</translation>
        </message>
        <message>
            <source>The other</source>
            <translation>另一个</translation>
        </message>
        <message>
            <source>The pack that words answers and rewrites summaries; `journal model list` shows what is installed.</source>
            <translation>为回答措辞并改写摘要的模型包；`journal model list` 显示已安装的。</translation>
        </message>
        <message>
            <source>The part that the address of the post's page stands in.</source>
            <translation>文章页面的地址放在哪一部分。</translation>
        </message>
        <message>
            <source>The portal's picture cannot be read.</source>
            <translation>无法读取门户提供的图片。</translation>
        </message>
        <message>
            <source>The post goes out only while a linked result keeps to this rule.</source>
            <translation>只有链接的结果符合此规则，文章才会发出。</translation>
        </message>
        <message>
            <source>The post was edited after revision {rev} was approved.</source>
            <translation>版本 {rev} 获批准之后，文章有改动。</translation>
        </message>
        <message>
            <source>The present text goes out, not the approved one.</source>
            <translation>将发出现在的文本，而不是已批准的文本。</translation>
        </message>
        <message>
            <source>The present text takes the place of the one that is out.</source>
            <translation>现在的文本将取代已发出的文本。</translation>
        </message>
        <message>
            <source>The run</source>
            <translation>该 Run</translation>
        </message>
        <message>
            <source>The sections, each with the sentence that carries it.</source>
            <translation>各个章节，每节附上支撑它的句子。</translation>
        </message>
        <message>
            <source>The selected text was changed since: nothing was replaced.</source>
            <translation>选中的文字此后有改动：没有替换任何内容。</translation>
        </message>
        <message>
            <source>The sentences that carry the text, each with its source.</source>
            <translation>支撑全文的句子，每句附上出处。</translation>
        </message>
        <message>
            <source>The sentences that carry this entry, chosen on this computer.</source>
            <translation>支撑此条目的句子，在本机选出。</translation>
        </message>
        <message>
            <source>The server.</source>
            <translation>服务器的地址。</translation>
        </message>
        <message>
            <source>The site's folder.</source>
            <translation>网站的文件夹。</translation>
        </message>
        <message>
            <source>The spell check needs the extra “spell”: pip install journal-app[spell]</source>
            <translation>拼写检查需要附加组件“spell”：pip install journal-app[spell]</translation>
        </message>
        <message>
            <source>The summary is on the clipboard.</source>
            <translation>摘要已在剪贴板。</translation>
        </message>
        <message>
            <source>The system gave no picture of the screen.</source>
            <translation>系统没有提供屏幕图像。</translation>
        </message>
        <message>
            <source>The system has no program for {name}.</source>
            <translation>系统没有可打开 {name} 的程序。</translation>
        </message>
        <message>
            <source>The text could not be saved, so it was not summarized.</source>
            <translation>文字无法保存，因此没有生成摘要。</translation>
        </message>
        <message>
            <source>The text could not be saved, so the command did not run.</source>
            <translation>文字无法保存，因此命令没有运行。</translation>
        </message>
        <message>
            <source>The text goes out as it is now.</source>
            <translation>文字将按现在的样子发出。</translation>
        </message>
        <message>
            <source>The text has changed: this box stands elsewhere now.</source>
            <translation>文字已改动：这个方框现在在别处。</translation>
        </message>
        <message>
            <source>The text is kept here.</source>
            <translation>文字保留在这里。</translation>
        </message>
        <message>
            <source>The text is on the clipboard.</source>
            <translation>文字已在剪贴板。</translation>
        </message>
        <message>
            <source>The text names this run. Link it as evidence</source>
            <translation>正文提到了这个 Run。将它链接为依据</translation>
        </message>
        <message>
            <source>The text was changed since then.</source>
            <translation type="vanished">此后文字有改动。</translation>
        </message>
        <message>
            <source>The text was changed since this summary.</source>
            <translation>自此摘要之后文字有改动。</translation>
        </message>
        <message>
            <source>The title is set; undo in the title takes it back.</source>
            <translation>标题已设置；在标题中撤销即可取回。</translation>
        </message>
        <message>
            <source>The trash is empty</source>
            <translation>回收站是空的</translation>
        </message>
        <message>
            <source>The trash is empty.</source>
            <translation>回收站是空的。</translation>
        </message>
        <message>
            <source>The two versions of this place</source>
            <translation>此处的两个版本</translation>
        </message>
        <message>
            <source>The two versions, and what each changed</source>
            <translation>两个版本及各自的改动</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>主题</translation>
        </message>
        <message>
            <source>Theme: as the system</source>
            <translation>主题：跟随系统</translation>
        </message>
        <message>
            <source>Theme: dark</source>
            <translation>主题：深色</translation>
        </message>
        <message>
            <source>Theme: high contrast</source>
            <translation>主题：高对比度</translation>
        </message>
        <message>
            <source>Theme: light</source>
            <translation>主题：浅色</translation>
        </message>
        <message>
            <source>There are no runs yet. Import a folder of records.</source>
            <translation>还没有 Run。请导入一个记录文件夹。</translation>
        </message>
        <message>
            <source>There is no link at the caret.</source>
            <translation>光标处没有链接。</translation>
        </message>
        <message>
            <source>There is no run “{name}” yet; the link waits for it.</source>
            <translation>还没有名为“{name}”的 Run；链接会等它。</translation>
        </message>
        <message>
            <source>There is no summary to insert yet.</source>
            <translation>还没有可插入的摘要。</translation>
        </message>
        <message>
            <source>There is nothing to fold here.</source>
            <translation>这里没有可折叠的内容。</translation>
        </message>
        <message>
            <source>There is nowhere to publish yet. Add a place first.</source>
            <translation>还没有发布位置。请先添加一个。</translation>
        </message>
        <message>
            <source>There is nowhere to publish yet. Add the folder of your site.</source>
            <translation>还没有发布位置。请添加网站的文件夹。</translation>
        </message>
        <message>
            <source>This address is not opened from the journal.</source>
            <translation>日志不会打开此地址。</translation>
        </message>
        <message>
            <source>This block of {n} characters is too long for the preview; its beginning:</source>
            <translation>这一段有 {n} 个字符，对预览来说太长；开头是：</translation>
        </message>
        <message>
            <source>This cannot be undone; only a backup holds them then.</source>
            <translation>此操作无法撤销；之后只有备份中还有它们。</translation>
        </message>
        <message>
            <source>This computer must be on at {time}.</source>
            <translation>本机须在 {time} 开着。</translation>
        </message>
        <message>
            <source>This computer's</source>
            <translation>本机的</translation>
        </message>
        <message>
            <source>This could not be kept. The text is still here.</source>
            <translation>无法保存。文字还在这里。</translation>
        </message>
        <message>
            <source>This desktop has no session bus, so its portal cannot be asked.</source>
            <translation>此桌面没有会话总线，因此无法询问其门户。</translation>
        </message>
        <message>
            <source>This desktop's portal does not do that.</source>
            <translation>此桌面的门户不支持该功能。</translation>
        </message>
        <message>
            <source>This entry</source>
            <translation>此条目</translation>
        </message>
        <message>
            <source>This entry is in the trash.</source>
            <translation>此条目在回收站中。</translation>
        </message>
        <message>
            <source>This entry is not in the journal.</source>
            <translation>此条目不在日志中。</translation>
        </message>
        <message>
            <source>This entry is not in the trash.</source>
            <translation>此条目不在回收站中。</translation>
        </message>
        <message>
            <source>This entry stands alone</source>
            <translation>此条目独立存在</translation>
        </message>
        <message>
            <source>This entry was changed elsewhere while you wrote. Both versions are kept: you write on in a copy, tagged #conflict.</source>
            <translation>书写期间此条目在别处被改动。两个版本都已保留：你正在带有 #conflict 标签的副本中继续写。</translation>
        </message>
        <message>
            <source>This is the other version of an entry that was changed twice.</source>
            <translation>这是被改动两次的条目的另一版本。</translation>
        </message>
        <message>
            <source>This picture could not be kept.</source>
            <translation>无法保存这张图片。</translation>
        </message>
        <message>
            <source>This place is of a kind that is not installed any more: {kind}.</source>
            <translation>此发布位置的类型已不再安装：{kind}。</translation>
        </message>
        <message>
            <source>This post as a thread…</source>
            <translation>把此文章作为帖串…</translation>
        </message>
        <message>
            <source>This post does not wait to go out.</source>
            <translation>此文章没有等待发布。</translation>
        </message>
        <message>
            <source>This post is a draft. It goes nowhere yet.</source>
            <translation>此文章是草稿，尚无去向。</translation>
        </message>
        <message>
            <source>This run is not in the journal.</source>
            <translation>此 Run 不在日志中。</translation>
        </message>
        <message>
            <source>This sheet</source>
            <translation>此一览表</translation>
        </message>
        <message numerus="yes">
            <source>This text is not saved|{n} texts are not saved</source>
            <translation>
                <numerusform>有 {n} 段文字未保存</numerusform>
            </translation>
        </message>
        <message>
            <source>This time is past ({ago} ago). Choose a later one, or publish now.</source>
            <translation>此时间已过（{ago} 前）。请选更晚的时间，或立即发布。</translation>
        </message>
        <message>
            <source>This version</source>
            <translation>此版本</translation>
        </message>
        <message>
            <source>This version is “{name}” now.</source>
            <translation>此版本现在名为“{name}”。</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>本周</translation>
        </message>
        <message>
            <source>This window publishes.</source>
            <translation>由此窗口发布。</translation>
        </message>
        <message>
            <source>Threshold</source>
            <translation>阈值</translation>
        </message>
        <message>
            <source>Through</source>
            <translation>通过</translation>
        </message>
        <message>
            <source>Tick or make a task</source>
            <translation>勾选或创建任务</translation>
        </message>
        <message>
            <source>Tick or untick</source>
            <translation>勾选或取消</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>Time zone</source>
            <translation>时区</translation>
        </message>
        <message>
            <source>Times</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>Times are shown in this zone</source>
            <translation>时间按此时区显示</translation>
        </message>
        <message>
            <source>Title</source>
            <translation>标题</translation>
        </message>
        <message>
            <source>Title of the entry</source>
            <translation>条目的标题</translation>
        </message>
        <message>
            <source>To know</source>
            <translation>须知</translation>
        </message>
        <message>
            <source>To {names}. {tip}</source>
            <translation>发往 {names}。{tip}</translation>
        </message>
        <message>
            <source>To {name}. {means}</source>
            <translation>发往 {name}。{means}</translation>
        </message>
        <message>
            <source>To {target}, as {slug}</source>
            <translation>发往 {target}，名为 {slug}</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>今天</translation>
        </message>
        <message>
            <source>Today with weekday</source>
            <translation>今天（带星期）</translation>
        </message>
        <message>
            <source>Today's note</source>
            <translation>今天的笔记</translation>
        </message>
        <message>
            <source>Token</source>
            <translation>令牌</translation>
        </message>
        <message>
            <source>Tokens</source>
            <translation>Token 数</translation>
        </message>
        <message>
            <source>Too large to show: {size} MB</source>
            <translation>过大无法显示：{size} MB</translation>
        </message>
        <message>
            <source>Too large to show: {width} × {height} pixels</source>
            <translation>过大无法显示：{width} × {height} 像素</translation>
        </message>
        <message>
            <source>Took</source>
            <translation>用时</translation>
        </message>
        <message>
            <source>Tour of the window</source>
            <translation>窗口导览</translation>
        </message>
        <message>
            <source>Transcript</source>
            <translation>生成记录</translation>
        </message>
        <message>
            <source>Transcript of commands</source>
            <translation>命令的生成记录</translation>
        </message>
        <message>
            <source>Trash</source>
            <translation>回收站</translation>
        </message>
        <message>
            <source>Tried on</source>
            <translation>试过的设备</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>重试</translation>
        </message>
        <message>
            <source>Try again what waits for it, now</source>
            <translation>立即重试等待它的内容</translation>
        </message>
        <message>
            <source>Turn the page</source>
            <translation>翻页</translation>
        </message>
        <message>
            <source>Two writers are needed</source>
            <translation>需要两个写作模型</translation>
        </message>
        <message>
            <source>Type / for commands, [[ to link an entry, # for a tag. Everything is saved as you type, and every earlier text is kept.</source>
            <translation>输入 / 使用命令，[[ 链接条目，# 添加标签。边写边存，先前的文字都会保留。</translation>
        </message>
        <message>
            <source>Type [[ in its text to link another entry, or @ to name a run.</source>
            <translation>在文字中输入 [[ 链接另一个条目，或输入 @ 指明一个 Run。</translation>
        </message>
        <message>
            <source>Type a day, or Enter for the last 7 days</source>
            <translation>输入日期，或按 Enter 取最近 7 天</translation>
        </message>
        <message>
            <source>Type a search first; then it can be saved.</source>
            <translation>请先输入搜索内容，然后才能保存。</translation>
        </message>
        <message>
            <source>Type runs, or Enter for those that this entry links</source>
            <translation>输入 Run，或按 Enter 取此条目链接的</translation>
        </message>
        <message>
            <source>Type your question, then Enter</source>
            <translation>输入问题，然后按 Enter</translation>
        </message>
        <message>
            <source>Typewriter: the line stays mid-page</source>
            <translation>打字机模式：当前行保持居中</translation>
        </message>
        <message>
            <source>US Letter</source>
            <translation>US Letter</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>Unfold (F9)</source>
            <translation>展开（F9）</translation>
        </message>
        <message>
            <source>Unfold everything</source>
            <translation>全部展开</translation>
        </message>
        <message>
            <source>Unpublish</source>
            <translation>撤回</translation>
        </message>
        <message>
            <source>Unpublish …</source>
            <translation>撤回 …</translation>
        </message>
        <message>
            <source>Unsupported</source>
            <translation>无依据</translation>
        </message>
        <message>
            <source>Unsupported sentences</source>
            <translation>无依据的句子</translation>
        </message>
        <message>
            <source>Untitled</source>
            <translation>无标题</translation>
        </message>
        <message>
            <source>Up to 3 days</source>
            <translation>最多 3 天</translation>
        </message>
        <message>
            <source>Up to 6 hours</source>
            <translation>最多 6 小时</translation>
        </message>
        <message>
            <source>Up to 6 hours late</source>
            <translation>最多延迟 6 小时</translation>
        </message>
        <message>
            <source>Up to a day</source>
            <translation>最多一天</translation>
        </message>
        <message>
            <source>Up to a day late</source>
            <translation>最多延迟一天</translation>
        </message>
        <message>
            <source>Up to a week</source>
            <translation>最多一周</translation>
        </message>
        <message>
            <source>Up to a week late</source>
            <translation>最多延迟一周</translation>
        </message>
        <message>
            <source>Up to an hour</source>
            <translation>最多一小时</translation>
        </message>
        <message>
            <source>Up to {span} late</source>
            <translation>最多延迟 {span}</translation>
        </message>
        <message>
            <source>Update</source>
            <translation>更新</translation>
        </message>
        <message>
            <source>Update at {target}</source>
            <translation>更新 {target} 上的文章</translation>
        </message>
        <message>
            <source>Update …</source>
            <translation>更新 …</translation>
        </message>
        <message>
            <source>Upper and lower case differ</source>
            <translation>区分大小写</translation>
        </message>
        <message>
            <source>Use `journal capture --window` on a key of your desktop.</source>
            <translation>把 `journal capture --window` 绑定到桌面的一个按键。</translation>
        </message>
        <message>
            <source>Use an environment variable</source>
            <translation>使用环境变量</translation>
        </message>
        <message>
            <source>Use as title</source>
            <translation>用作标题</translation>
        </message>
        <message>
            <source>Use for writing</source>
            <translation>用于写作</translation>
        </message>
        <message>
            <source>Use no other device than the one named, not even for a part of a model: what cannot run there fails and says why.</source>
            <translation>只用指定的设备，模型的任何部分都不用别的：无法在那里运行的会失败，并说明原因。</translation>
        </message>
        <message>
            <source>Used for writing</source>
            <translation>已用于写作</translation>
        </message>
        <message>
            <source>User name</source>
            <translation>用户名</translation>
        </message>
        <message>
            <source>Users → Profile → Application Passwords in WordPress (not the one you sign in with).</source>
            <translation>在 WordPress 中：用户 → 个人资料 → 应用程序密码（不是登录密码）。</translation>
        </message>
        <message>
            <source>VISUAL</source>
            <translation>可视</translation>
        </message>
        <message>
            <source>VISUAL LINE</source>
            <translation>可视行</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>结论</translation>
        </message>
        <message>
            <source>Verify</source>
            <translation>校验</translation>
        </message>
        <message>
            <source>Verify {name}</source>
            <translation>校验 {name}</translation>
        </message>
        <message>
            <source>Version {rev} is back.</source>
            <translation>已恢复版本 {rev}。</translation>
        </message>
        <message>
            <source>Versions</source>
            <translation>版本</translation>
        </message>
        <message>
            <source>Versions of this entry…</source>
            <translation>此条目的版本…</translation>
        </message>
        <message>
            <source>Versions of “{title}”</source>
            <translation>“{title}”的版本</translation>
        </message>
        <message>
            <source>Versions…</source>
            <translation>版本…</translation>
        </message>
        <message>
            <source>Very hard to read</source>
            <translation>很难阅读</translation>
        </message>
        <message>
            <source>View</source>
            <translation>视图</translation>
        </message>
        <message>
            <source>Vim</source>
            <translation>Vim</translation>
        </message>
        <message>
            <source>Visible to</source>
            <translation>可见范围</translation>
        </message>
        <message>
            <source>Waiting</source>
            <translation>等待中</translation>
        </message>
        <message>
            <source>Waiting …</source>
            <translation>正在等待 …</translation>
        </message>
        <message>
            <source>Web page (one file)</source>
            <translation>网页（单个文件）</translation>
        </message>
        <message>
            <source>Webhook (signed)</source>
            <translation>Webhook（带签名）</translation>
        </message>
        <message>
            <source>Week</source>
            <translation>周</translation>
        </message>
        <message>
            <source>Went out</source>
            <translation>发出时间</translation>
        </message>
        <message>
            <source>What</source>
            <translation>内容</translation>
        </message>
        <message>
            <source>What an install brings</source>
            <translation>安装的内容</translation>
        </message>
        <message>
            <source>What broke, how it showed, the cause, what changes: filled with sentences of the text.</source>
            <translation>什么坏了、如何显现、原因、改变什么：用文中的句子填写。</translation>
        </message>
        <message>
            <source>What broke, why, and how you saw it.</source>
            <translation>什么坏了，为什么，以及怎么发现的。</translation>
        </message>
        <message>
            <source>What cannot run on the chosen device fails and says why.</source>
            <translation>无法在所选设备上运行的会失败，并说明原因。</translation>
        </message>
        <message>
            <source>What changed</source>
            <translation>改动内容</translation>
        </message>
        <message>
            <source>What closing the window does: quit, or stay in the tray and keep publishing.</source>
            <translation>关闭窗口时：退出，或留在托盘中继续发布。</translation>
        </message>
        <message>
            <source>What did you just learn?  #tag  -&gt;run:ID</source>
            <translation>刚才学到了什么？  #标签  -&gt;run:ID</translation>
        </message>
        <message>
            <source>What differs</source>
            <translation>差异</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>经过</translation>
        </message>
        <message>
            <source>What is installed and what can be fetched.</source>
            <translation>已安装的和可以获取的。</translation>
        </message>
        <message>
            <source>What is linked around this entry</source>
            <translation>此条目周围的链接</translation>
        </message>
        <message>
            <source>What is not saved</source>
            <translation>未保存的内容</translation>
        </message>
        <message>
            <source>What is published there stays</source>
            <translation>已在那里发布的保留</translation>
        </message>
        <message>
            <source>What is published there stays, and so do its receipts. Its keys leave the keyring.</source>
            <translation>已在那里发布的内容及其回执都保留。其密钥会从密钥环中移除。</translation>
        </message>
        <message>
            <source>What is scheduled stands here until it is out; so does what needs you.</source>
            <translation>已排期的内容在发出之前列在这里；需要你处理的也在这里。</translation>
        </message>
        <message>
            <source>What kind of entry this is</source>
            <translation>这是什么类型的条目</translation>
        </message>
        <message>
            <source>What leaves this computer</source>
            <translation>哪些内容会离开本机</translation>
        </message>
        <message>
            <source>What lies on the disk</source>
            <translation>磁盘上的内容</translation>
        </message>
        <message>
            <source>What may be searched for</source>
            <translation>可以搜索的内容</translation>
        </message>
        <message>
            <source>What models and commands gave</source>
            <translation>模型和命令给出的内容</translation>
        </message>
        <message>
            <source>What readers see beside the text</source>
            <translation>读者在正文之外看到的内容</translation>
        </message>
        <message>
            <source>What the list shows</source>
            <translation>列表显示的内容</translation>
        </message>
        <message>
            <source>What the text says was learned.</source>
            <translation>文中说学到了什么。</translation>
        </message>
        <message>
            <source>What the text says, its parts, the numbers of linked runs, the lesson, and what is open.</source>
            <translation>文字的要点、各部分、所链接 Run 的数值、经验，以及未决之处。</translation>
        </message>
        <message>
            <source>What this time means</source>
            <translation>此时间的含义</translation>
        </message>
        <message>
            <source>What to do with {name}</source>
            <translation>如何处理 {name}</translation>
        </message>
        <message>
            <source>What waits to go out</source>
            <translation>等待发布的内容</translation>
        </message>
        <message>
            <source>What was approved before stays as it was, until you approve the new text.</source>
            <translation>此前批准的内容保持不变，直到你批准新文本。</translation>
        </message>
        <message>
            <source>What was written and what ran since a day, one sentence for each entry.</source>
            <translation>自某日起写了什么、跑了什么，每个条目一句。</translation>
        </message>
        <message>
            <source>What went out</source>
            <translation>已发出的</translation>
        </message>
        <message>
            <source>What went wrong</source>
            <translation>出错的</translation>
        </message>
        <message>
            <source>What you call this place in the journal.</source>
            <translation>此发布位置在日志中的名称。</translation>
        </message>
        <message>
            <source>What you chose, against what, on which evidence.</source>
            <translation>选了什么，放弃了什么，依据是什么。</translation>
        </message>
        <message>
            <source>What you pasted is at the end of “{title}”.</source>
            <translation>粘贴的内容在“{title}”的末尾。</translation>
        </message>
        <message>
            <source>What you throw away can be taken back from here.</source>
            <translation>丢掉的内容可以从这里取回。</translation>
        </message>
        <message>
            <source>What you write in this time is summed up here, each sentence with its entry.</source>
            <translation>这段时间写的内容会在这里汇总，每句附上条目。</translation>
        </message>
        <message>
            <source>What you write today shows here.</source>
            <translation>今天写的内容显示在这里。</translation>
        </message>
        <message>
            <source>What your server takes.</source>
            <translation>服务器可接受的数目。</translation>
        </message>
        <message>
            <source>When</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>When shall it go out?</source>
            <translation>何时发出？</translation>
        </message>
        <message>
            <source>When shall “{title}” go out?</source>
            <translation>“{title}”何时发出？</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>位置</translation>
        </message>
        <message>
            <source>Where Ghost's admin is, without /ghost: https://example.org or https://name.ghost.io.</source>
            <translation>Ghost 管理界面所在，不带 /ghost：https://example.org 或 https://name.ghost.io。</translation>
        </message>
        <message>
            <source>Where do readers find it?</source>
            <translation>读者在哪里看到它？</translation>
        </message>
        <message>
            <source>Where models run</source>
            <translation>模型在哪里运行</translation>
        </message>
        <message>
            <source>Where models run: auto takes the NPU, then a GPU, then the CPU; or npu, gpu, cpu, or the id of a device that `journal model devices` lists.</source>
            <translation>模型在哪里运行：auto 依次用 NPU、GPU、CPU；也可以是 npu、gpu、cpu，或 `journal model devices` 列出的设备 ID。</translation>
        </message>
        <message>
            <source>Where notes were captured (private)</source>
            <translation>笔记记于何处（私密）</translation>
        </message>
        <message>
            <source>Where shall it go?</source>
            <translation>发往哪里？</translation>
        </message>
        <message>
            <source>Where shall posts go?</source>
            <translation>文章发往哪里？</translation>
        </message>
        <message>
            <source>Where the account is.</source>
            <translation>账户所在的服务器。</translation>
        </message>
        <message>
            <source>Where the gate is open</source>
            <translation>关卡已开时</translation>
        </message>
        <message>
            <source>Where the message is sent (POST).</source>
            <translation>消息发往何处（POST）。</translation>
        </message>
        <message>
            <source>Where the model runs: auto takes the NPU, then a GPU, then the CPU.</source>
            <translation type="vanished">模型在哪里运行：自动依次选择 NPU、GPU、CPU。</translation>
        </message>
        <message>
            <source>Where the site does not say it itself.</source>
            <translation>网站自己没有说明时填写。</translation>
        </message>
        <message>
            <source>Where the site is read; empty: as its settings say.</source>
            <translation>阅读网站的地址；留空：按网站的设置。</translation>
        </message>
        <message>
            <source>Where the system does not let programs listen for a key, bind this command in the system's own keyboard settings. It works while the window is closed, too:</source>
            <translation>如果系统不允许程序监听按键，请在系统自己的键盘设置中绑定此命令。窗口关闭时同样有效：</translation>
        </message>
        <message>
            <source>Where to</source>
            <translation>导出位置</translation>
        </message>
        <message>
            <source>Where you post; empty: the network's own.</source>
            <translation>你发帖的页面；留空：该网络自己的。</translation>
        </message>
        <message>
            <source>Where you sign in, as https://mastodon.social</source>
            <translation>你登录的地方，如 https://mastodon.social</translation>
        </message>
        <message>
            <source>Where your own site shows them, as https://example.org/posts/{slug}/: Mataroa takes none from programs.</source>
            <translation>你自己的网站显示图片的地址，如 https://example.org/posts/{slug}/：Mataroa 不接受程序上传图片。</translation>
        </message>
        <message>
            <source>Where your own site shows them, as https://example.org/posts/{slug}/: dev.to takes no files.</source>
            <translation>你自己的网站显示图片的地址，如 https://example.org/posts/{slug}/：dev.to 不接受文件。</translation>
        </message>
        <message>
            <source>Whether the server keeps drafts; auto asks it.</source>
            <translation>服务器是否保存草稿；auto 会询问它。</translation>
        </message>
        <message>
            <source>Who the posts are from; at least an Author.</source>
            <translation>文章的署名用户；至少为作者角色。</translation>
        </message>
        <message>
            <source>Whole text</source>
            <translation>全文</translation>
        </message>
        <message>
            <source>Whole words only</source>
            <translation>全词匹配</translation>
        </message>
        <message>
            <source>Why did the short warmup fail?</source>
            <translation>短 warmup 为什么失败？</translation>
        </message>
        <message>
            <source>With</source>
            <translation>对比</translation>
        </message>
        <message>
            <source>With its address the page is looked at now and then. It may stay empty.</source>
            <translation>有了地址，就会不时查看该页面。可以留空。</translation>
        </message>
        <message>
            <source>With the pack</source>
            <translation>用模型包</translation>
        </message>
        <message>
            <source>Without it</source>
            <translation>不用模型包</translation>
        </message>
        <message>
            <source>Word document (needs pandoc)</source>
            <translation>Word 文档（需要 pandoc）</translation>
        </message>
        <message>
            <source>WordPress</source>
            <translation>WordPress</translation>
        </message>
        <message>
            <source>Wording …</source>
            <translation>正在措辞 …</translation>
        </message>
        <message>
            <source>Words, "a phrase", -without, tag:x, kind:lesson</source>
            <translation>词语、"短语"、-排除、tag:x、kind:lesson</translation>
        </message>
        <message>
            <source>Words: {alt}</source>
            <translation>替代文字：{alt}</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>计算量</translation>
        </message>
        <message>
            <source>Work under way</source>
            <translation>正在进行的工作</translation>
        </message>
        <message>
            <source>Working …</source>
            <translation>进行中 …</translation>
        </message>
        <message>
            <source>Worth a look</source>
            <translation>值得一看</translation>
        </message>
        <message>
            <source>Write #tags in the text.</source>
            <translation>在文字中写 #标签。</translation>
        </message>
        <message>
            <source>Write a note on it</source>
            <translation>为它写笔记</translation>
        </message>
        <message>
            <source>Write at least one time, such as 09:00.</source>
            <translation>请至少写一个时间，如 09:00。</translation>
        </message>
        <message>
            <source>Write the first note: what did you just try?</source>
            <translation>写第一条笔记：你刚才试了什么？</translation>
        </message>
        <message>
            <source>Write without leaving the keys</source>
            <translation>双手不离键盘地写作</translation>
        </message>
        <message>
            <source>Write. / opens commands, [[ links an entry, @ a run, # tags.</source>
            <translation>开始写吧。/ 打开命令，[[ 链接条目，@ 链接 Run，# 添加标签。</translation>
        </message>
        <message>
            <source>Writes</source>
            <translation>写作</translation>
        </message>
        <message>
            <source>Writes: words summaries and answers</source>
            <translation>写作：为摘要和回答措辞</translation>
        </message>
        <message>
            <source>Writing</source>
            <translation>写作</translation>
        </message>
        <message>
            <source>Writing model</source>
            <translation>写作模型</translation>
        </message>
        <message>
            <source>Writing the Markdown mirror</source>
            <translation>正在写入 Markdown 镜像</translation>
        </message>
        <message>
            <source>Writing …</source>
            <translation>正在写 …</translation>
        </message>
        <message>
            <source>Written</source>
            <translation>写出</translation>
        </message>
        <message>
            <source>Written about it</source>
            <translation>相关文字</translation>
        </message>
        <message>
            <source>Written because you asked for it; this pack has not passed the gate here.</source>
            <translation>应要求写出；此模型包在本机尚未通过关卡。</translation>
        </message>
        <message>
            <source>Written in the text: remove it there</source>
            <translation>写在正文里：请在那里移除</translation>
        </message>
        <message>
            <source>Written in the window</source>
            <translation>在窗口中写下</translation>
        </message>
        <message>
            <source>Wrong numbers</source>
            <translation>数字错误</translation>
        </message>
        <message>
            <source>You copy the text and post it yourself.</source>
            <translation>由你复制文字并自己发布。</translation>
        </message>
        <message>
            <source>You copy the text and post it yourself. Nothing is sent.</source>
            <translation>由你复制文字并自己发布。不会发送任何内容。</translation>
        </message>
        <message>
            <source>You post it yourself: the journal asks you when it is due.</source>
            <translation>由你自己发布：到期时日志会询问你。</translation>
        </message>
        <message>
            <source>Your commands</source>
            <translation>自定义命令</translation>
        </message>
        <message>
            <source>Your commands…</source>
            <translation>自定义命令…</translation>
        </message>
        <message>
            <source>Your own site</source>
            <translation>自己的网站</translation>
        </message>
        <message>
            <source>Zone</source>
            <translation>时区</translation>
        </message>
        <message>
            <source>Zone for schedules, such as Europe/Berlin; empty: this computer's.</source>
            <translation>排期所用的时区，如 Europe/Berlin；留空：本机的时区。</translation>
        </message>
        <message>
            <source>`journal model install` mends it.</source>
            <translation type="vanished">`journal model install` 可以修复。</translation>
        </message>
        <message>
            <source>a check failed</source>
            <translation>有检查未通过</translation>
        </message>
        <message>
            <source>a day, month or year</source>
            <translation>日、月或年</translation>
        </message>
        <message>
            <source>a name was not there</source>
            <translation>原文没有的名称</translation>
        </message>
        <message>
            <source>a number was wrong</source>
            <translation>数字有误</translation>
        </message>
        <message>
            <source>a run's name or id</source>
            <translation>Run 的名称或 ID</translation>
        </message>
        <message>
            <source>a task or id</source>
            <translation>任务或 ID</translation>
        </message>
        <message>
            <source>a “not” was lost or added</source>
            <translation>否定词丢失或多出</translation>
        </message>
        <message>
            <source>about</source>
            <translation>关于</translation>
        </message>
        <message>
            <source>about this</source>
            <translation>关于此项</translation>
        </message>
        <message>
            <source>about {size}</source>
            <translation>约 {size}</translation>
        </message>
        <message>
            <source>added</source>
            <translation>新增</translation>
        </message>
        <message>
            <source>and {n} more</source>
            <translation>还有 {n} 项</translation>
        </message>
        <message>
            <source>another one</source>
            <translation>其他</translation>
        </message>
        <message>
            <source>any</source>
            <translation>任意</translation>
        </message>
        <message>
            <source>as the post says it</source>
            <translation>按文章所写</translation>
        </message>
        <message>
            <source>at least {figure} is asked</source>
            <translation>要求至少 {figure}</translation>
        </message>
        <message>
            <source>at most {figure} is allowed</source>
            <translation>最多允许 {figure}</translation>
        </message>
        <message>
            <source>attachment, link, task …</source>
            <translation>附件、链接、任务 …</translation>
        </message>
        <message>
            <source>auto</source>
            <translation type="vanished">自动</translation>
        </message>
        <message>
            <source>being sent</source>
            <translation>正在发送</translation>
        </message>
        <message>
            <source>blocked</source>
            <translation>受阻</translation>
        </message>
        <message>
            <source>blog</source>
            <translation>blog</translation>
        </message>
        <message>
            <source>branch</source>
            <translation>分支</translation>
        </message>
        <message>
            <source>broken</source>
            <translation>损坏</translation>
        </message>
        <message>
            <source>buttondown.com/keys; it needs write access to e-mails and to sending.</source>
            <translation>buttondown.com/keys；需要电子邮件和发送的写入权限。</translation>
        </message>
        <message>
            <source>cancelled</source>
            <translation>已取消</translation>
        </message>
        <message>
            <source>changed</source>
            <translation>有变化</translation>
        </message>
        <message>
            <source>changes</source>
            <translation>改动</translation>
        </message>
        <message>
            <source>characters</source>
            <translation>字符</translation>
        </message>
        <message>
            <source>checked before approval</source>
            <translation>批准前已检查</translation>
        </message>
        <message>
            <source>checked before sending</source>
            <translation>发送前已检查</translation>
        </message>
        <message>
            <source>closed</source>
            <translation>已收起</translation>
        </message>
        <message>
            <source>closed: {name}</source>
            <translation>停发：{name}</translation>
        </message>
        <message>
            <source>commit</source>
            <translation>提交</translation>
        </message>
        <message>
            <source>computer</source>
            <translation>计算机</translation>
        </message>
        <message>
            <source>contract</source>
            <translation>约定</translation>
        </message>
        <message>
            <source>contradicts</source>
            <translation>反驳</translation>
        </message>
        <message>
            <source>contradicts this</source>
            <translation>反驳此项</translation>
        </message>
        <message>
            <source>crashed</source>
            <translation>已崩溃</translation>
        </message>
        <message>
            <source>d MMM</source>
            <translation>M月d日</translation>
        </message>
        <message>
            <source>d MMM HH:mm</source>
            <translation>M月d日 HH:mm</translation>
        </message>
        <message>
            <source>d MMM yyyy</source>
            <translation>yyyy年M月d日</translation>
        </message>
        <message>
            <source>d MMM yyyy HH:mm</source>
            <translation>yyyy年M月d日 HH:mm</translation>
        </message>
        <message>
            <source>dataset</source>
            <translation>数据集</translation>
        </message>
        <message>
            <source>ddd d MMM</source>
            <translation>M月d日 ddd</translation>
        </message>
        <message>
            <source>ddd d MMM yyyy</source>
            <translation>yyyy年M月d日 ddd</translation>
        </message>
        <message>
            <source>dddd, d MMMM yyyy</source>
            <translation>yyyy年M月d日 dddd</translation>
        </message>
        <message>
            <source>decision</source>
            <translation>决定</translation>
        </message>
        <message>
            <source>derived from</source>
            <translation>源自</translation>
        </message>
        <message>
            <source>dev.to (Forem)</source>
            <translation>dev.to（Forem）</translation>
        </message>
        <message>
            <source>draft</source>
            <translation>草稿</translation>
        </message>
        <message>
            <source>edited</source>
            <translation>已编辑</translation>
        </message>
        <message>
            <source>edited since approved</source>
            <translation>批准后有改动</translation>
        </message>
        <message>
            <source>edited since it was approved</source>
            <translation>批准之后有改动</translation>
        </message>
        <message>
            <source>en, de, pt-BR</source>
            <translation>en、de、pt-BR</translation>
        </message>
        <message>
            <source>entries with a tag</source>
            <translation>带某个标签的条目</translation>
        </message>
        <message>
            <source>environment</source>
            <translation>环境</translation>
        </message>
        <message>
            <source>error</source>
            <translation>错误</translation>
        </message>
        <message>
            <source>everybody</source>
            <translation>所有人</translation>
        </message>
        <message>
            <source>everybody, not in timelines</source>
            <translation>所有人，不进时间线</translation>
        </message>
        <message>
            <source>extracted</source>
            <translation>摘录</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>失败</translation>
        </message>
        <message>
            <source>failure</source>
            <translation>失败</translation>
        </message>
        <message>
            <source>favourite, draft …</source>
            <translation>收藏、草稿 …</translation>
        </message>
        <message>
            <source>fine</source>
            <translation>没有问题</translation>
        </message>
        <message>
            <source>finished</source>
            <translation>已完成</translation>
        </message>
        <message>
            <source>folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>followers only</source>
            <translation>仅关注者</translation>
        </message>
        <message>
            <source>free slot</source>
            <translation>空闲时段</translation>
        </message>
        <message>
            <source>free: {time} {target}</source>
            <translation>空闲：{time} {target}</translation>
        </message>
        <message numerus="yes">
            <source>from line {lines}|from lines {lines}</source>
            <translation>
                <numerusform>出自第 {lines} 行</numerusform>
            </translation>
        </message>
        <message>
            <source>from line {n}</source>
            <translation>出自第 {n} 行</translation>
        </message>
        <message>
            <source>from your notes</source>
            <translation>出自笔记</translation>
        </message>
        <message>
            <source>from “{title}”</source>
            <translation>出自“{title}”</translation>
        </message>
        <message>
            <source>from “{title}”, line {n}</source>
            <translation>出自“{title}”，第 {n} 行</translation>
        </message>
        <message>
            <source>git repository (static site)</source>
            <translation>git 仓库（静态网站）</translation>
        </message>
        <message>
            <source>gone</source>
            <translation>已消失</translation>
        </message>
        <message>
            <source>good to know</source>
            <translation>供参考</translation>
        </message>
        <message>
            <source>had trouble</source>
            <translation>出过问题</translation>
        </message>
        <message>
            <source>heading</source>
            <translation>标题</translation>
        </message>
        <message>
            <source>held</source>
            <translation>已代管</translation>
        </message>
        <message>
            <source>held by the place</source>
            <translation>由发布位置代管</translation>
        </message>
        <message>
            <source>https://…</source>
            <translation>https://…</translation>
        </message>
        <message>
            <source>hypothesis</source>
            <translation>假设</translation>
        </message>
        <message>
            <source>icons, {licence}</source>
            <translation>图标，{licence}</translation>
        </message>
        <message>
            <source>in the message</source>
            <translation>在消息中</translation>
        </message>
        <message>
            <source>in the model's words</source>
            <translation>模型措辞</translation>
        </message>
        <message>
            <source>in the queue</source>
            <translation>在队列中</translation>
        </message>
        <message>
            <source>in the trash</source>
            <translation>在回收站</translation>
        </message>
        <message>
            <source>it did not end</source>
            <translation>没有结束</translation>
        </message>
        <message>
            <source>it said something else</source>
            <translation>意思变了</translation>
        </message>
        <message>
            <source>kept as written: {why}</source>
            <translation>保留原句：{why}</translation>
        </message>
        <message>
            <source>key refused</source>
            <translation>密钥被拒绝</translation>
        </message>
        <message>
            <source>killed</source>
            <translation>被终止</translation>
        </message>
        <message>
            <source>last: “{title}”, {when}</source>
            <translation>最近：“{title}”，{when}</translation>
        </message>
        <message>
            <source>late</source>
            <translation>已延迟</translation>
        </message>
        <message>
            <source>leaves this computer</source>
            <translation>会离开本机</translation>
        </message>
        <message>
            <source>left out</source>
            <translation>略去</translation>
        </message>
        <message>
            <source>lesson</source>
            <translation>经验</translation>
        </message>
        <message>
            <source>lesson, failure, decision …</source>
            <translation>经验、失败、决定 …</translation>
        </message>
        <message>
            <source>libxcb is missing, so no key can be taken.</source>
            <translation>缺少 libxcb，因此无法占用按键。</translation>
        </message>
        <message>
            <source>licence not stated</source>
            <translation>未注明许可证</translation>
        </message>
        <message>
            <source>linked</source>
            <translation>已链接</translation>
        </message>
        <message>
            <source>loaded in {seconds} s</source>
            <translation>加载用时 {seconds} 秒</translation>
        </message>
        <message>
            <source>made before a day</source>
            <translation>某日之前创建</translation>
        </message>
        <message>
            <source>made of the post's own sentences</source>
            <translation>由文章自己的句子组成</translation>
        </message>
        <message>
            <source>made on a day or later</source>
            <translation>某日或之后创建</translation>
        </message>
        <message>
            <source>made out of this</source>
            <translation>由此产生</translation>
        </message>
        <message>
            <source>missed</source>
            <translation>已错过</translation>
        </message>
        <message>
            <source>named in the text</source>
            <translation>正文提到</translation>
        </message>
        <message>
            <source>nearly full</source>
            <translation>快满了</translation>
        </message>
        <message>
            <source>never</source>
            <translation>从未</translation>
        </message>
        <message>
            <source>no</source>
            <translation type="vanished">否</translation>
        </message>
        <message>
            <source>no longer starred</source>
            <translation>已取消加星</translation>
        </message>
        <message>
            <source>no longer there</source>
            <translation>已不存在</translation>
        </message>
        <message>
            <source>no publishing</source>
            <translation>不发布</translation>
        </message>
        <message>
            <source>no score</source>
            <translation>没有得分</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <source>none: no model worded anything</source>
            <translation>无：没有模型参与措辞</translation>
        </message>
        <message>
            <source>not imported yet</source>
            <translation>尚未导入</translation>
        </message>
        <message>
            <source>not in your notes</source>
            <translation>笔记中没有</translation>
        </message>
        <message>
            <source>not installed</source>
            <translation>未安装</translation>
        </message>
        <message>
            <source>not known</source>
            <translation>未知</translation>
        </message>
        <message>
            <source>not measurable here</source>
            <translation>此处无法测量</translation>
        </message>
        <message>
            <source>not saved</source>
            <translation>未保存</translation>
        </message>
        <message>
            <source>not stated</source>
            <translation>未注明</translation>
        </message>
        <message>
            <source>note</source>
            <translation>笔记</translation>
        </message>
        <message>
            <source>nothing is called so yet</source>
            <translation>还没有这样的名称</translation>
        </message>
        <message>
            <source>nothing was written</source>
            <translation>什么也没写</translation>
        </message>
        <message>
            <source>off</source>
            <translation type="vanished">关</translation>
        </message>
        <message>
            <source>off: it is sent from this computer at its time.</source>
            <translation>off：到时由本机发送。</translation>
        </message>
        <message>
            <source>on</source>
            <translation type="vanished">开</translation>
        </message>
        <message>
            <source>open</source>
            <translation>已打开</translation>
        </message>
        <message>
            <source>owner/name, as on its page</source>
            <translation>owner/name，与其页面一致</translation>
        </message>
        <message>
            <source>page changed</source>
            <translation>页面有变化</translation>
        </message>
        <message>
            <source>page did not answer</source>
            <translation>页面没有回应</translation>
        </message>
        <message>
            <source>page gone</source>
            <translation>页面已消失</translation>
        </message>
        <message>
            <source>page not there yet</source>
            <translation>页面尚未出现</translation>
        </message>
        <message>
            <source>page seen</source>
            <translation>已看到页面</translation>
        </message>
        <message>
            <source>page {n} of {count}</source>
            <translation>第 {n}/{count} 页</translation>
        </message>
        <message>
            <source>page {state}</source>
            <translation>页面{state}</translation>
        </message>
        <message>
            <source>paused</source>
            <translation>已暂停</translation>
        </message>
        <message>
            <source>paused until {when}</source>
            <translation>暂停至 {when}</translation>
        </message>
        <message>
            <source>place paused</source>
            <translation>位置已暂停</translation>
        </message>
        <message>
            <source>plain HTML with a feed</source>
            <translation>纯 HTML 加订阅源</translation>
        </message>
        <message>
            <source>post</source>
            <translation>文章</translation>
        </message>
        <message>
            <source>private</source>
            <translation>私密</translation>
        </message>
        <message>
            <source>published</source>
            <translation>已发布</translation>
        </message>
        <message>
            <source>queued</source>
            <translation>排队中</translation>
        </message>
        <message>
            <source>ready</source>
            <translation>就绪</translation>
        </message>
        <message>
            <source>record breaks off</source>
            <translation>记录中断</translation>
        </message>
        <message>
            <source>removed</source>
            <translation>移除</translation>
        </message>
        <message>
            <source>repository</source>
            <translation>仓库</translation>
        </message>
        <message>
            <source>restored</source>
            <translation>已恢复</translation>
        </message>
        <message>
            <source>review</source>
            <translation>回顾</translation>
        </message>
        <message>
            <source>reworded · checked</source>
            <translation>已改写 · 已检查</translation>
        </message>
        <message>
            <source>run</source>
            <translation>Run</translation>
        </message>
        <message>
            <source>running</source>
            <translation>运行中</translation>
        </message>
        <message>
            <source>saved {when}</source>
            <translation>已保存 {when}</translation>
        </message>
        <message>
            <source>saving …</source>
            <translation>正在保存 …</translation>
        </message>
        <message>
            <source>scheduled</source>
            <translation>已排期</translation>
        </message>
        <message>
            <source>schedules by itself</source>
            <translation>自行定时发布</translation>
        </message>
        <message>
            <source>seen {when}</source>
            <translation>{when} 看到</translation>
        </message>
        <message>
            <source>sending</source>
            <translation>正在发送</translation>
        </message>
        <message>
            <source>shares rare words</source>
            <translation>有共同的罕见词</translation>
        </message>
        <message>
            <source>shut</source>
            <translation>未开</translation>
        </message>
        <message>
            <source>starred</source>
            <translation>已加星</translation>
        </message>
        <message>
            <source>static site (folder)</source>
            <translation>静态网站（文件夹）</translation>
        </message>
        <message>
            <source>stays on this computer</source>
            <translation>留在本机</translation>
        </message>
        <message>
            <source>step {n}</source>
            <translation>第 {n} 步</translation>
        </message>
        <message>
            <source>supports</source>
            <translation>支持</translation>
        </message>
        <message>
            <source>supports this</source>
            <translation>支持此项</translation>
        </message>
        <message>
            <source>taken back</source>
            <translation>已撤回</translation>
        </message>
        <message>
            <source>taken off</source>
            <translation>已撤下</translation>
        </message>
        <message>
            <source>takes back</source>
            <translation>撤回</translation>
        </message>
        <message>
            <source>takes posts back</source>
            <translation>可撤回文章</translation>
        </message>
        <message>
            <source>template</source>
            <translation>模板</translation>
        </message>
        <message>
            <source>the first part</source>
            <translation>第一部分</translation>
        </message>
        <message>
            <source>the last change</source>
            <translation>最后一次改动</translation>
        </message>
        <message>
            <source>the last part</source>
            <translation>最后一部分</translation>
        </message>
        <message>
            <source>the other</source>
            <translation>另一个</translation>
        </message>
        <message>
            <source>the other at the left, this version at the right</source>
            <translation>左边是另一个，右边是此版本</translation>
        </message>
        <message>
            <source>this entry</source>
            <translation>此条目</translation>
        </message>
        <message>
            <source>this version</source>
            <translation>此版本</translation>
        </message>
        <message>
            <source>to</source>
            <translation>至</translation>
        </message>
        <message>
            <source>to read</source>
            <translation>阅读时间</translation>
        </message>
        <message>
            <source>today</source>
            <translation>今天</translation>
        </message>
        <message>
            <source>too long</source>
            <translation>太长</translation>
        </message>
        <message>
            <source>trial</source>
            <translation>试验</translation>
        </message>
        <message>
            <source>unclear</source>
            <translation>不明</translation>
        </message>
        <message>
            <source>uncommitted</source>
            <translation>未提交</translation>
        </message>
        <message>
            <source>unlisted: not in public timelines; private: followers only.</source>
            <translation>unlisted：不进公开时间线；private：仅关注者。</translation>
        </message>
        <message>
            <source>update</source>
            <translation>更新</translation>
        </message>
        <message>
            <source>updates posts</source>
            <translation>可更新文章</translation>
        </message>
        <message>
            <source>warning</source>
            <translation>警告</translation>
        </message>
        <message>
            <source>weekly</source>
            <translation>每周</translation>
        </message>
        <message>
            <source>went out {when}</source>
            <translation>{when} 发出</translation>
        </message>
        <message>
            <source>wk</source>
            <translation>周</translation>
        </message>
        <message>
            <source>wk {n}</source>
            <translation>第 {n} 周</translation>
        </message>
        <message>
            <source>words</source>
            <translation>词</translation>
        </message>
        <message>
            <source>words of the title</source>
            <translation>标题中的词</translation>
        </message>
        <message>
            <source>yes</source>
            <translation type="vanished">是</translation>
        </message>
        <message>
            <source>you paste it yourself</source>
            <translation>由你自己粘贴</translation>
        </message>
        <message>
            <source>your own</source>
            <translation>自定义</translation>
        </message>
        <message>
            <source>yours to post</source>
            <translation>待你发布</translation>
        </message>
        <message>
            <source>{capture} opens a small window. Write one line, {keep} keeps it. A #tag or a -&gt;run:ID in the line is understood.</source>
            <translation>{capture} 打开一个小窗口。写一行，{keep} 保存。行中的 #标签 或 -&gt;run:ID 都能识别。</translation>
        </message>
        <message>
            <source>{chosen} of {all}</source>
            <translation>{chosen}/{all}</translation>
        </message>
        <message>
            <source>{chosen} of {words}</source>
            <translation>{chosen}/{words}</translation>
        </message>
        <message>
            <source>{count} found</source>
            <translation>找到 {count} 处</translation>
        </message>
        <message>
            <source>{count} replaced</source>
            <translation>已替换 {count} 处</translation>
        </message>
        <message>
            <source>{device} · {share} of the model</source>
            <translation type="vanished">{device} · 模型的 {share}</translation>
        </message>
        <message>
            <source>{first} to {last}</source>
            <translation>{first} 至 {last}</translation>
        </message>
        <message>
            <source>{id} starts with the first summary, on this computer.</source>
            <translation>{id} 会随第一份摘要在本机启动。</translation>
        </message>
        <message>
            <source>{keys} already calls “{action}”.</source>
            <translation>{keys} 已用于“{action}”。</translation>
        </message>
        <message>
            <source>{keys} belongs to another program, so it does not open the capture window.</source>
            <translation>{keys} 属于另一个程序，因此不会打开记录窗口。</translation>
        </message>
        <message>
            <source>{keys} cannot be the key for capture.</source>
            <translation>{keys} 不能用作记录的按键。</translation>
        </message>
        <message>
            <source>{keys} is needed by the window itself.</source>
            <translation>{keys} 由窗口自身使用。</translation>
        </message>
        <message>
            <source>{keys} is not on this keyboard.</source>
            <translation>此键盘上没有 {keys}。</translation>
        </message>
        <message>
            <source>{language} drawing, shown as text</source>
            <translation>{language} 图，以文字显示</translation>
        </message>
        <message>
            <source>{lines} written to {path}</source>
            <translation>已将 {lines} 写入 {path}</translation>
        </message>
        <message>
            <source>{link} links a run or an eval. Its figures then stand beside the text.</source>
            <translation>{link} 链接一个 Run 或评测。它的数值随后会显示在文字旁边。</translation>
        </message>
        <message numerus="yes">
            <source>{made} of {n} text|{made} of {n} texts</source>
            <translation>
                <numerusform>{made}/{n} 篇</numerusform>
            </translation>
        </message>
        <message>
            <source>{made} of {total}</source>
            <translation>{made}/{total}</translation>
        </message>
        <message>
            <source>{metric}: at least {figure}</source>
            <translation>{metric}：至少 {figure}</translation>
        </message>
        <message>
            <source>{metric}: at most {figure}</source>
            <translation>{metric}：最多 {figure}</translation>
        </message>
        <message>
            <source>{model} on {device}</source>
            <translation>{model}，{device}</translation>
        </message>
        <message>
            <source>{name} did not pass: {why}.</source>
            <translation>{name} 未通过：{why}。</translation>
        </message>
        <message>
            <source>{name} goes on.</source>
            <translation>{name} 继续运行。</translation>
        </message>
        <message>
            <source>{name} has a new key, and it works.</source>
            <translation>{name} 有了新密钥，可用。</translation>
        </message>
        <message>
            <source>{name} is changed.</source>
            <translation>已更改 {name}。</translation>
        </message>
        <message>
            <source>{name} is damaged: {what}.</source>
            <translation>{name} 已损坏：{what}。</translation>
        </message>
        <message>
            <source>{name} is gone; {size} are free again.</source>
            <translation>{name} 已移除；释放了 {size}。</translation>
        </message>
        <message>
            <source>{name} is installed and verified.</source>
            <translation>{name} 已安装并通过校验。</translation>
        </message>
        <message>
            <source>{name} is off this entry.</source>
            <translation>{name} 已从此条目移除。</translation>
        </message>
        <message>
            <source>{name} is removed.</source>
            <translation>已移除 {name}。</translation>
        </message>
        <message>
            <source>{name} may hold a program, so it is not opened from here. Save it first.</source>
            <translation>{name} 可能含有程序，因此不会从这里打开。请先保存。</translation>
        </message>
        <message>
            <source>{name} passed every threshold here.</source>
            <translation>{name} 在本机达到了全部阈值。</translation>
        </message>
        <message>
            <source>{name} was taken in as {id}.</source>
            <translation>{name} 已导入为 {id}。</translation>
        </message>
        <message>
            <source>{name} → {target}</source>
            <translation>{name} → {target}</translation>
        </message>
        <message>
            <source>{name}: nothing new.</source>
            <translation>{name}：没有新内容。</translation>
        </message>
        <message>
            <source>{name}: {share} on the {kind}</source>
            <translation>{name}：{share} 在 {kind} 上</translation>
        </message>
        <message>
            <source>{name}: {value}
Click to remove it</source>
            <translation>{name}：{value}
点击移除</translation>
        </message>
        <message>
            <source>{nodes} of the nodes, {work} of the work</source>
            <translation>节点 {nodes}，计算量 {work}</translation>
        </message>
        <message>
            <source>{number} of {count}</source>
            <translation>{number}/{count}</translation>
        </message>
        <message>
            <source>{n} %</source>
            <translation>{n}%</translation>
        </message>
        <message>
            <source>{n} % alike</source>
            <translation>{n}% 相似</translation>
        </message>
        <message>
            <source>{n} / {limit}</source>
            <translation>{n} / {limit}</translation>
        </message>
        <message>
            <source>{n} bytes</source>
            <translation>{n} 字节</translation>
        </message>
        <message numerus="yes">
            <source>{n} cadence|{n} cadences</source>
            <translation>
                <numerusform>{n} 个发布节奏</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} changed eval|{n} changed evals</source>
            <translation>
                <numerusform>{n} 个有改动的评测</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} changed run|{n} changed runs</source>
            <translation>
                <numerusform>{n} 个有改动的 Run</numerusform>
            </translation>
        </message>
        <message>
            <source>{n} characters each at most</source>
            <translation>每部分最多 {n} 个字符</translation>
        </message>
        <message numerus="yes">
            <source>{n} character|{n} characters</source>
            <translation>
                <numerusform>{n} 个字符</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} conversation|{n} conversations</source>
            <translation>
                <numerusform>{n} 段对话</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} copy|{n} copies</source>
            <translation>
                <numerusform>{n} 份副本</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} day|{n} days</source>
            <translation>
                <numerusform>{n} 天</numerusform>
            </translation>
        </message>
        <message>
            <source>{n} entries</source>
            <translation>{n} 个条目</translation>
        </message>
        <message numerus="yes">
            <source>{n} entry exported to {path}.|{n} entries exported to {path}.</source>
            <translation>
                <numerusform>已将 {n} 个条目导出到 {path}。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} entry found|{n} entries found</source>
            <translation>
                <numerusform>找到 {n} 个条目</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} entry is in the index.|All {n} entries are in the index.</source>
            <translation>
                <numerusform>全部 {n} 个条目都在索引中。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} entry removed.|{n} entries removed.</source>
            <translation>
                <numerusform>已移除 {n} 个条目。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} entry stays: a publication needs it.|{n} entries stay: publications need them.</source>
            <translation>
                <numerusform>{n} 个条目保留：有发布需要它们。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} entry|{n} entries</source>
            <translation>
                <numerusform>{n} 个条目</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} error stands in the way|{n} errors stand in the way</source>
            <translation>
                <numerusform>有 {n} 个错误阻碍</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} error|{n} errors</source>
            <translation>
                <numerusform>{n} 个错误</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} eval|{n} evals</source>
            <translation>
                <numerusform>{n} 个评测</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} file of the mirror was changed outside and left alone: {name}.|{n} files of the mirror were changed outside and left alone, such as {name}.</source>
            <translation>
                <numerusform>镜像中有 {n} 个文件在外部被改动，未作处理，例如 {name}。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} file was left out and never opened: {names}.|{n} files were left out and never opened: {names}.</source>
            <translation>
                <numerusform>跳过了 {n} 个文件，从未打开：{names}。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} file|{n} files</source>
            <translation>
                <numerusform>{n} 个文件</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} hour|{n} hours</source>
            <translation>
                <numerusform>{n} 小时</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} job running|{n} jobs running</source>
            <translation>
                <numerusform>{n} 个任务正在进行</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} left alone|{n} left alone</source>
            <translation>
                <numerusform>{n} 个未处理</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} line|{n} lines</source>
            <translation>
                <numerusform>{n} 行</numerusform>
            </translation>
        </message>
        <message>
            <source>{n} min</source>
            <translation>{n} 分钟</translation>
        </message>
        <message numerus="yes">
            <source>{n} minute|{n} minutes</source>
            <translation>
                <numerusform>{n} 分钟</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} more row in|{n} more rows in</source>
            <translation>
                <numerusform>另有 {n} 行在</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} new eval|{n} new evals</source>
            <translation>
                <numerusform>{n} 个新评测</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} new run|{n} new runs</source>
            <translation>
                <numerusform>{n} 个新 Run</numerusform>
            </translation>
        </message>
        <message>
            <source>{n} not read: {why}</source>
            <translation>{n} 个未读取：{why}</translation>
        </message>
        <message>
            <source>{n} of {all}</source>
            <translation>第 {n} 个，共 {all} 个</translation>
        </message>
        <message>
            <source>{n} of {limit} characters</source>
            <translation>{n}/{limit} 个字符</translation>
        </message>
        <message>
            <source>{n} of {limit} tokens</source>
            <translation>{n}/{limit} 个 token</translation>
        </message>
        <message numerus="yes">
            <source>{n} other moved|{n} others moved</source>
            <translation>
                <numerusform>另有 {n} 篇改期</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} part|{n} parts</source>
            <translation>
                <numerusform>{n} 个部分</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} place to decide|{n} places to decide</source>
            <translation>
                <numerusform>{n} 处待决定</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} place|{n} places</source>
            <translation>
                <numerusform>{n} 个位置</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} post moved|{n} posts moved</source>
            <translation>
                <numerusform>已为 {n} 篇文章改期</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} post needs you|{n} posts need you</source>
            <translation>
                <numerusform>{n} 篇文章需要你处理</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} post waits at a time that its queue would not give it now.|{n} posts wait at times that their queue would not give them now.</source>
            <translation>
                <numerusform>{n} 篇文章所等的时间，队列现在不会这样分配。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} post waits for this place. Take it off first, or let it go out.|{n} posts wait for this place. Take them off first, or let them go out.</source>
            <translation>
                <numerusform>{n} 篇文章等待发往此位置。请先撤下，或等它们发出。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} post waits|{n} posts wait</source>
            <translation>
                <numerusform>{n} 篇文章等待中</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} post will leave this computer|{n} posts will leave this computer</source>
            <translation>
                <numerusform>{n} 篇文章将离开本机</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} post|{n} posts</source>
            <translation>
                <numerusform>{n} 篇文章</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} run|{n} runs</source>
            <translation>
                <numerusform>{n} 个 Run</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} selected|{n} selected</source>
            <translation>
                <numerusform>已选 {n} 个</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} sentence|{n} sentences</source>
            <translation>
                <numerusform>{n} 句</numerusform>
            </translation>
        </message>
        <message>
            <source>{n} tokens/s in all</source>
            <translation>总计 {n} token/s</translation>
        </message>
        <message numerus="yes">
            <source>{n} token|{n} tokens</source>
            <translation>
                <numerusform>{n} 个 token</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} warning|{n} warnings</source>
            <translation>
                <numerusform>{n} 个警告</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} word|{n} words</source>
            <translation>
                <numerusform>{n} 词</numerusform>
            </translation>
        </message>
        <message>
            <source>{n} works.</source>
            <translation>{n} 可用。</translation>
        </message>
        <message>
            <source>{old} → {new}</source>
            <translation>{old} → {new}</translation>
        </message>
        <message>
            <source>{pack} was not evaluated here yet, so every sentence stays as you wrote it.</source>
            <translation>{pack} 尚未在本机评测，因此每句都保持你写的原样。</translation>
        </message>
        <message>
            <source>{path} cannot be written: {why}.</source>
            <translation>无法写入 {path}：{why}。</translation>
        </message>
        <message>
            <source>{path} could not be made: {why}.</source>
            <translation>无法创建 {path}：{why}。</translation>
        </message>
        <message>
            <source>{size} become free. Its evals stay.</source>
            <translation>将释放 {size}。它的评测会保留。</translation>
        </message>
        <message>
            <source>{step} of {steps}</source>
            <translation>{step}/{steps}</translation>
        </message>
        <message>
            <source>{target} holds it: safe to close the laptop.</source>
            <translation>由 {target} 代管：可以合上电脑。</translation>
        </message>
        <message>
            <source>{target} is paused: {why}</source>
            <translation>{target} 已暂停：{why}</translation>
        </message>
        <message>
            <source>{text}. It leaves the queue of slots.</source>
            <translation>{text}。它离开时段队列。</translation>
        </message>
        <message>
            <source>{title}: cancelled.</source>
            <translation>{title}：已取消。</translation>
        </message>
        <message>
            <source>{told}, the rest on the CPU</source>
            <translation>{told}，其余在 CPU 上</translation>
        </message>
        <message>
            <source>{value} (found)</source>
            <translation>{value}（已找到）</translation>
        </message>
        <message>
            <source>{when} is past ({span} ago). Choose a later time, or publish now.</source>
            <translation>{when} 已过（{span}前）。请选更晚的时间，或立即发布。</translation>
        </message>
        <message>
            <source>{when}, in {span}.</source>
            <translation>{when}，还有 {span}。</translation>
        </message>
        <message>
            <source>{words}: lists cut it after about {most}</source>
            <translation>{words}：列表会在约 {most} 个字符后截断</translation>
        </message>
        <message>
            <source>“Import” and `journal adopt` read it back.</source>
            <translation>“导入”和 `journal adopt` 可以读回。</translation>
        </message>
        <message>
            <source>“This week” and the summary panel make this one again.</source>
            <translation>“本周”和摘要面板可以重新生成。</translation>
        </message>
        <message>
            <source>“{name}” gives slots.</source>
            <translation>“{name}”开始提供时段。</translation>
        </message>
        <message>
            <source>“{name}” is in the trash.</source>
            <translation>“{name}”已在回收站。</translation>
        </message>
        <message>
            <source>“{name}” is no longer saved.</source>
            <translation>“{name}”不再保存。</translation>
        </message>
        <message>
            <source>“{name}” is open again.</source>
            <translation>“{name}”不再停发。</translation>
        </message>
        <message>
            <source>“{name}” is removed.</source>
            <translation>已移除“{name}”。</translation>
        </message>
        <message>
            <source>“{name}” was created.</source>
            <translation>已创建“{name}”。</translation>
        </message>
        <message>
            <source>“{title}” did not go out: {why}</source>
            <translation>“{title}”没有发出：{why}</translation>
        </message>
        <message>
            <source>“{title}” goes out {when}</source>
            <translation>“{title}”将于 {when} 发出</translation>
        </message>
        <message>
            <source>“{title}” is being sent now.</source>
            <translation>正在发送“{title}”。</translation>
        </message>
        <message>
            <source>“{title}” is out already: it stays on its day.</source>
            <translation>“{title}”已发出：它留在那一天。</translation>
        </message>
        <message>
            <source>“{title}” is taken back from {target}.</source>
            <translation>已从 {target} 撤回“{title}”。</translation>
        </message>
        <message>
            <source>“{title}” is taken off {target}.</source>
            <translation>已从 {target} 撤下“{title}”。</translation>
        </message>
        <message>
            <source>“{title}” is {state} now.</source>
            <translation>“{title}”现在的状态：{state}。</translation>
        </message>
        <message>
            <source>… and more than {n} rows more</source>
            <translation>… 以及超过 {n} 行</translation>
        </message>
        <message>
            <source>… and {n} more rows</source>
            <translation>… 以及另外 {n} 行</translation>
        </message>
        <message numerus="yes">
            <source>… {n} line|… {n} lines</source>
            <translation>
                <numerusform>… {n} 行</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>⋯ {n} more place|⋯ {n} more places</source>
            <translation>
                <numerusform>⋯ 另有 {n} 处</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>⋯ {n} unchanged line|⋯ {n} unchanged lines</source>
            <translation>
                <numerusform>⋯ {n} 行未变</numerusform>
            </translation>
        </message>
        <message>
            <source>简体中文</source>
            <translation>简体中文</translation>
        </message>
    </context>
</TS>
